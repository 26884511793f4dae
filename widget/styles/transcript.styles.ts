/** The list that scrolls, and what lies over it. */
import { css } from 'lit';

export const transcriptStyles = css`
  ivy-chat-transcript {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  /* Text fades out under the composer rather than being cut by it. */
  ivy-chat-transcript::after {
    content: '';
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    block-size: var(--_space-4);
    background: linear-gradient(to top, var(--_surface), transparent);
    pointer-events: none;
  }

  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* Positions are kept by ScrollController; two of them would correct each other. */
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }

  .scroller:focus-visible {
    outline-offset: -2px;
  }

  .content {
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    max-inline-size: calc(var(--_column) + 2 * var(--_gutter));
    min-block-size: 100%;
    margin-inline: auto;
    padding: var(--_space-5) var(--_gutter) var(--_space-1);
  }

  .turns {
    display: flex;
    flex-direction: column;
    list-style: none;
  }

  .day {
    align-self: stretch;
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    margin: 0;
    padding-block: var(--_space-2) var(--_space-4);
    color: var(--_muted);
    font-size: var(--_size-small);
    font-weight: 500;
    line-height: 1.4;
    text-align: center;
  }

  .day::before,
  .day::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }

  .older {
    align-self: center;
    margin-block-end: var(--_space-4);
    padding: 6px var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-round);
    color: var(--_muted);
    font-size: var(--_size-note);
    line-height: 1.4;
  }

  .jump {
    position: absolute;
    z-index: 1;
    inset-block-end: var(--_space-3);
    inset-inline-start: 50%;
    display: flex;
    align-items: center;
    gap: 6px;
    padding-block: 6px;
    padding-inline: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-round);
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    font-size: var(--_size-note);
    font-weight: 500;
    line-height: 1.4;
    white-space: nowrap;
    transform: translateX(-50%);
  }

  .jump.news .icon,
  .jump .dots {
    color: var(--_accent-text);
  }

  .jump .dots {
    gap: 3px;
  }

  .jump .dots i {
    inline-size: 5px;
    block-size: 5px;
  }

  [dir='rtl'] .jump {
    transform: translateX(50%);
  }

  .jump .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  @media (hover: hover) {
    .older[aria-disabled='false']:hover {
      background: var(--_hover);
      color: var(--_text);
    }

    .jump:hover {
      border-color: var(--_muted);
    }
  }
`;
