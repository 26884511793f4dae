/** The floating shape: a button in the corner of the window, and the chat in a panel above it. */
import { css } from 'lit';

export const launcherStyles = css`
  /* Takes no room where the tag stands, whatever the page says about the tag's size. */
  :host([launcher]) {
    position: fixed !important;
    inline-size: 0 !important;
    block-size: 0 !important;
    min-inline-size: 0 !important;
    min-block-size: 0 !important;
    margin: 0 !important;
    padding: 0 !important;
    border: 0 !important;
  }

  .floating {
    --_offset: var(--ivy-launcher-offset, 20px);
    --_button: var(--ivy-launcher-size, 56px);
    --_end: calc(var(--ivy-launcher-offset-block, var(--_offset)) + env(safe-area-inset-bottom, 0px));

    position: fixed;
    z-index: var(--ivy-launcher-z-index, 1000);
    inset-block: 0 calc(var(--_end) + var(--_covered, 0px));
    inset-inline-end: calc(var(--_offset) + env(safe-area-inset-right, 0px));
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    /* The same box open and closed: what grew would count as a layout shift of the page's. */
    justify-content: flex-end;
    inline-size: min(var(--ivy-panel-width, 400px), 100vw - 2 * var(--_offset));
    gap: 12px;
    pointer-events: none;
  }

  /* WebKit does not lift out of its surroundings what is already drawn there. Older browsers skip this rule. */
  .floating:not(:popover-open) {
    display: none;
  }

  .floating > * {
    pointer-events: auto;
  }

  .floating[dir='rtl'] {
    inset-inline-end: calc(var(--_offset) + env(safe-area-inset-left, 0px));
  }

  .floating .chat {
    flex: none;
    block-size: min(
      var(--ivy-panel-height, 680px),
      var(--_visible-height, 100dvh) - 2 * var(--_end) - var(--_button) - 12px
    );
    border-color: var(--_line-strong);
    box-shadow: var(--_shadow-high);
    transition:
      opacity 160ms ease-out,
      transform 160ms ease-out,
      display 160ms allow-discrete;
  }

  .floating:not(.open) .chat {
    display: none;
    opacity: 0;
    transform: translateY(12px);
  }

  @starting-style {
    .open .chat {
      opacity: 0;
      transform: translateY(12px);
    }
  }

  .full .chat {
    position: fixed;
    inset-block-start: var(--_visible-top, 0);
    inset-inline: 0;
    block-size: var(--_visible-height, 100%);
    padding-block: env(safe-area-inset-top, 0) env(safe-area-inset-bottom, 0);
    border: 0;
    border-radius: 0;
  }

  .full.open .launcher {
    display: none;
  }

  .launcher {
    position: relative;
    inline-size: var(--_button);
    block-size: var(--_button);
    box-shadow: var(--_shadow-high);
    transition: transform 120ms;
  }

  .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-inline-size: 22px;
    padding-inline: 6px;
    border: 2px solid var(--_surface);
    border-radius: 999px;
    background: var(--_danger);
    color: var(--_surface);
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
    text-align: center;
  }
`;
