/** Where the page gives the widget little or much room: by its own width, not by that of the window. */
import { css } from 'lit';

export const narrowStyles = css`
  @container ivy-chat (inline-size < 400px) {
    .panel {
      --_gutter: 12px;
    }

    .bubble {
      max-inline-size: 92%;
    }

    ivy-chat-composer {
      padding-block-end: var(--_space-3);
    }
  }

  @container ivy-chat (inline-size < 300px) {
    .panel {
      --_gutter: 8px;
    }

    .jump span {
      display: none;
    }

    .jump {
      padding: var(--_space-2);
    }
  }

  @container ivy-chat (inline-size >= 720px) {
    .panel {
      --_gutter: 24px;
    }
  }
`;
