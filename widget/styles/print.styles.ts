/** On paper: the whole conversation one below the other, without what can only be pressed. */
import { css } from 'lit';

export const printStyles = css`
  @media print {
    :host {
      block-size: auto !important;
      max-block-size: none !important;
      overflow: visible !important;
    }

    .chat,
    .scroller,
    .stage,
    .panel,
    ivy-chat-transcript {
      display: block;
      block-size: auto;
      overflow: visible;
    }

    /* Nobody can scroll to the rest. */
    .markdown :is(.table, pre) {
      overflow: visible;
    }

    .markdown table {
      inline-size: 100%;
    }

    .markdown :is(th, td) {
      min-inline-size: 0;
      white-space: normal;
    }

    /* Nor can they point at a message. */
    .frame .meta time {
      opacity: 1;
    }

    .markdown pre {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .frame.floating,
    ivy-chat-composer,
    ivy-chat-transcript::after,
    :is(.link, .jump, .older, .veil, .confirmation, .icon-button, .dot, .suggestions) {
      display: none;
    }
  }
`;
