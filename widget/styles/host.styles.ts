/**
 * The border between page and widget. Nothing that a page does to its own elements may come in: `all` stops what is
 * inherited, on the host for ordinary pages and on the wrapper for those that style `*` with `!important`. The page
 * stays the master of the host's own box.
 */
import { css } from 'lit';

export const hostStyles = css`
  :host {
    all: initial;
    display: block;
    block-size: var(--ivy-height, 560px);
    min-inline-size: 0;
    max-inline-size: 100%;
    /* What is around it may be hidden. */
    visibility: inherit;
    color-scheme: inherit;
  }

  :host([hidden]) {
    display: none;
  }

  /* Names with the prefix are known in every engine, and some know no other. */
  .frame {
    all: initial;
    display: contents;
    visibility: inherit;
    color: var(--_text);
    font: var(--_size) / 1.6 var(--_font);
    overflow-wrap: anywhere;
    -webkit-user-select: text;
    -webkit-text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }

  /* The page's colours are followed, and a change of them is told by an event: here, where no rule of the page reaches. */
  .scheme {
    all: initial;
    position: absolute;
    color-scheme: inherit;
    transition: color-scheme 1ms allow-discrete;
  }

  /* Without weight, so that every view can say otherwise with a tag. */
  :where(button, textarea) {
    all: unset;
  }

  * {
    box-sizing: border-box;
  }

  :where(p, ol, ul) {
    margin: 0;
    padding: 0;
  }

  button {
    cursor: pointer;
    touch-action: manipulation;
    -webkit-user-select: none;
  }

  button:disabled {
    cursor: default;
  }

  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }

  /* Words of one script in a page of the other. */
  p,
  time,
  textarea,
  .heading,
  .composer-note,
  :is(.meta, .pill, .error-notice) span {
    unicode-bidi: plaintext;
  }

  .chat {
    container: ivy-chat / inline-size;
    /* What is in a container does not count for its width, where the page lets that decide: in a flex box, a float. */
    contain-intrinsic-inline-size: 400px;
    position: relative;
    isolation: isolate;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  /* Inline, so that a line under the text around it does not go on in here. */
  .panel {
    display: inline-flex;
    flex-direction: column;
    inline-size: 100%;
    block-size: 100%;
    vertical-align: top;
  }

  .stage {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  /* As large as a letter. */
  .icon {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    font-size: 20px;
  }

  /* There for assistive technology only. */
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
