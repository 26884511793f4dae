/** What can be pressed: its shape, and how it answers to a pointer, to a finger, and when it is of no use. */
import { css } from 'lit';

export const controlStyles = css`
  .icon-button,
  .copy-turn,
  .send,
  .launcher,
  .emblem {
    display: grid;
    flex: none;
    place-items: center;
  }

  .icon-button,
  .copy-turn {
    border-radius: var(--_radius-small);
    color: var(--_muted);
  }

  .icon-button,
  .send {
    inline-size: 36px;
    block-size: 36px;
  }

  .older,
  .jump,
  .action,
  .suggestion,
  .button,
  .send,
  .launcher {
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-round);
  }

  .jump,
  .action,
  .suggestion {
    background: var(--_raised);
    color: var(--_text);
  }

  .jump,
  .action {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 500;
  }

  .older,
  .jump {
    padding: 6px var(--_space-3);
    font-size: var(--_size-note);
    line-height: 1.4;
  }

  .older {
    border-color: var(--_line);
    color: var(--_muted);
  }

  .action {
    padding: 3px 10px;
  }

  .suggestion {
    min-block-size: 36px;
    padding: 7px 14px;
    border-radius: var(--_radius-bubble);
    line-height: 1.4;
    text-align: start;
    text-wrap: balance;
    transition:
      background 120ms,
      border-color 120ms;
  }

  .button {
    padding: 7px 16px;
    font-weight: 500;
    line-height: 1.5;
  }

  .copy {
    padding: 4px 8px;
    border-radius: 6px;
    font-weight: 500;
  }

  .go,
  .send,
  .launcher {
    border-color: transparent;
    background: var(--_accent-fill);
    color: var(--_on-accent);
  }

  .button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_surface);
  }

  .send {
    transition: opacity 120ms;
  }

  .send.stop {
    background: var(--_text);
    color: var(--_surface);
  }

  .stop .icon {
    fill: currentColor;
  }

  .send:disabled {
    background: var(--_line);
  }

  .send:disabled,
  .suggestion:disabled {
    color: var(--_muted);
  }

  .icon-button:disabled {
    opacity: 0.4;
  }

  /* Several, beside each other as long as there is room. */
  .choices,
  .suggestions,
  .confirmation-choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  @media (hover: hover) {
    .icon-button:enabled:hover,
    .older[aria-disabled='false']:hover,
    .copy:hover {
      background: var(--_hover);
      color: var(--_text);
    }

    .action:hover,
    .copy-turn:hover,
    .cancel:hover {
      background: var(--_hover);
    }

    .jump:hover {
      border-color: var(--_muted);
    }

    .suggestion:enabled:hover {
      border-color: var(--_accent-text);
      background: var(--_hover);
    }

    .send:enabled:hover,
    .button:is(.danger, .go):hover {
      opacity: 0.87;
    }

    .launcher:hover {
      transform: scale(1.05);
    }
  }

  @media (pointer: coarse) {
    .action {
      padding-block: 7px;
    }

    .suggestion {
      min-block-size: 44px;
    }
  }
`;
