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
    inset: auto 0 0;
    block-size: var(--_space-4);
    background: linear-gradient(to top, var(--_surface), transparent);
    pointer-events: none;
  }

  .scroller {
    flex: 1;
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* Positions are kept by ScrollController; two of them would correct each other. */
    overflow-anchor: none;
  }

  /* Whatever scrolls. */
  .scroller,
  textarea,
  pre,
  .table {
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }

  :is(.scroller, pre):focus-visible {
    outline-offset: -2px;
  }

  .content {
    display: flex;
    flex-direction: column;
    min-block-size: 100%;
    padding: var(--_space-5) var(--_gutter) var(--_space-1);
  }

  /* As wide as is good to read, in the middle. */
  .content,
  ivy-chat-composer {
    inline-size: 100%;
    max-inline-size: calc(var(--_column) + 2 * var(--_gutter));
    margin-inline: auto;
  }

  .turns {
    list-style: none;
  }

  .day {
    display: flex;
    align-self: stretch;
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
  }

  .jump {
    inset: auto 0 var(--_space-3);
    inline-size: fit-content;
    margin-inline: auto;
    padding-inline-start: var(--_space-2);
    box-shadow: var(--_shadow-high);
    white-space: nowrap;
  }

  .jump .dots,
  .news .icon {
    color: var(--_accent-text);
  }

  .jump .dots {
    gap: 3px;
  }

  .jump .dots i {
    inline-size: 5px;
    block-size: 5px;
  }

  .jump .icon {
    font-size: 16px;
  }
`;
