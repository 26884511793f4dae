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

    /* One below the other they are a list, and are as wide as each other. */
    .suggestions {
      flex-direction: column;
      align-self: stretch;
    }

    th,
    td {
      max-inline-size: 18em;
      padding-inline: 10px;
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

    .confirmation {
      inset-inline: var(--_space-2);
      padding: var(--_space-4);
    }

    .button {
      flex: 1 0 auto;
      text-align: center;
    }
  }

  /* Where all columns find room their cells break their lines for it; else each column takes what it needs. */
  @container ivy-chat (inline-size >= 600px) {
    table {
      inline-size: 100%;
    }
  }

  @container ivy-chat (inline-size >= 720px) {
    .panel {
      --_gutter: 24px;
    }
  }
`;
