/** The card that a message is written in. */
import { css } from 'lit';

export const composerStyles = css`
  ivy-chat-composer {
    padding: var(--_space-1) var(--_gutter) var(--_space-4);
  }

  .composer {
    display: flex;
    align-items: flex-end;
    gap: var(--_space-2);
    padding: 5px;
    padding-inline-start: var(--_space-4);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-card);
    background: var(--_raised);
    box-shadow: var(--_shadow);
    cursor: text;
    transition:
      border-color 120ms,
      box-shadow 120ms;
  }

  .composer:focus-within {
    border-color: var(--_accent-text);
    box-shadow: 0 0 0 3px var(--_halo);
  }

  .composer.closed {
    background: var(--_sunken);
    box-shadow: none;
    cursor: default;
  }

  .composer textarea {
    flex: 1;
    min-block-size: 36px;
    /* A share of the window, so that the conversation stays in sight. */
    max-block-size: min(200px, 35vh);
    padding-block: 6px;
    overflow-y: auto;
    field-sizing: content;
    line-height: 24px;
    white-space: pre-wrap;
    cursor: text;
    outline: none;
    overscroll-behavior: contain;
  }

  textarea::placeholder {
    overflow: hidden;
    color: var(--_muted);
    opacity: 1;
    unicode-bidi: plaintext;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Below 16 px iOS zooms the page when the field takes focus. */
  @media (pointer: coarse) {
    textarea {
      font-size: max(16px, var(--_size));
    }
  }

  .composer-note {
    margin-block-end: calc(-1 * var(--_space-2));
    padding: 6px var(--_space-4) 0;
    color: var(--_muted);
    font-size: var(--_size-small);
    line-height: 1.4;
    text-align: end;
  }

  .over {
    color: var(--_danger);
  }

  .composer-note:empty {
    display: none;
  }

  .closed + .composer-note {
    text-align: center;
  }

  slot[name='footer'] {
    display: block;
  }

  slot[name='footer']::slotted(*) {
    margin-block-start: calc(-1 * var(--_space-2));
    padding: 0 var(--_gutter) var(--_space-3);
    color: var(--_muted);
    font: var(--_size-small) / 1.4 var(--_font);
    text-align: center;
  }
`;
