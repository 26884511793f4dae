/** The card that a message is written in. */
import { css } from 'lit';

export const composerStyles = css`
  ivy-chat-composer {
    display: block;
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(var(--_column) + 2 * var(--_gutter));
    margin-inline: auto;
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
    display: block;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 36px;
    /* A share of the window, so that the conversation stays in sight. */
    max-block-size: min(200px, 35vh);
    padding-block: 6px;
    overflow-y: auto;
    field-sizing: content;
    line-height: 24px;
    outline: none;
    resize: none;
    overscroll-behavior: contain;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }

  .composer textarea::placeholder {
    overflow: hidden;
    color: var(--_muted);
    opacity: 1;
    unicode-bidi: plaintext;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Below 16 px iOS zooms the page when the field takes focus. */
  @media (pointer: coarse) {
    .composer textarea {
      font-size: max(16px, var(--_size));
    }
  }

  .send {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 1px solid transparent;
    border-radius: var(--_radius-round);
    background: var(--_accent-fill);
    color: var(--_on-accent);
    transition: opacity 120ms;
  }

  .send:disabled {
    background: var(--_line);
    color: var(--_muted);
  }

  .send.stop {
    background: var(--_text);
    color: var(--_surface);
  }

  .stop .icon {
    fill: currentColor;
  }

  @media (hover: hover) {
    .send:enabled:hover {
      opacity: 0.86;
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

  .composer-note.over {
    color: var(--_danger);
  }

  .composer-note:empty {
    display: none;
  }

  .composer.closed + .composer-note {
    text-align: center;
  }

  slot[name='footer'] {
    display: block;
    flex: none;
  }

  slot[name='footer']::slotted(*) {
    margin-block-start: calc(-1 * var(--_space-2));
    padding: 0 var(--_gutter) var(--_space-3);
    color: var(--_muted);
    font: 400 var(--_size-small) / 1.4 var(--_font);
    text-align: center;
  }

  @media (forced-colors: active) {
    .composer:focus-within {
      outline: 2px solid Highlight;
    }

    .send:enabled {
      border-color: ButtonText;
    }

    .send:disabled {
      border-color: GrayText;
    }
  }
`;
