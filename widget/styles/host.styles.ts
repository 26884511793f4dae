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

  .frame {
    all: initial;
    display: contents;
    visibility: inherit;
    color: var(--_text);
    font: 400 var(--_size) / 1.6 var(--_font);
    text-align: start;
    overflow-wrap: anywhere;
    user-select: text;
    -webkit-user-select: text;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }

  /* The page's colours are followed, and a change of them is told by an event: here, where no rule of the page reaches. */
  .scheme {
    all: initial;
    position: absolute;
    color-scheme: inherit;
    transition: color-scheme 1ms allow-discrete;
  }

  .chat {
    container: ivy-chat / inline-size;
    /* What is in a container does not count for its width, where the page lets that decide: in a flex box, a float. */
    contain-intrinsic-inline-size: 400px;
    position: relative;
    isolation: isolate;
    display: block;
    inline-size: 100%;
    block-size: 100%;
    min-inline-size: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  /* Without weight, so that every view can say otherwise with one class. */
  :where(.frame) *,
  :where(.frame) *::before,
  :where(.frame) *::after {
    box-sizing: border-box;
  }

  :where(.frame) :is(p, ol, ul) {
    margin: 0;
    padding: 0;
  }

  :where(.frame) :is(button, textarea) {
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
    text-align: inherit;
  }

  :where(.frame) button {
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    -webkit-user-select: none;
  }

  :where(.frame) button:disabled {
    cursor: default;
  }

  :where(.frame) :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }

  /* Words of one script in a page of the other. */
  :where(.heading, .meta, .pill, .error-notice, .confirmation, .empty) :is(span, p, time),
  :where(.heading, .composer-note, .composer textarea) {
    unicode-bidi: plaintext;
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

  .icon {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
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
