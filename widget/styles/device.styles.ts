/** What the reader's device asks for: less motion, colours of its own, or everything on paper. */
import { css } from 'lit';

export const deviceStyles = css`
  @media (prefers-reduced-motion: reduce) {
    .spinner,
    .dots i {
      animation: none;
    }

    .dots i {
      opacity: 0.6;
    }

    .floating .chat,
    .launcher {
      transition: none;
    }

    .launcher:hover {
      transform: none;
    }
  }

  @media (forced-colors: active) {
    .dots i {
      background: CanvasText;
    }

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

  /* The whole conversation one below the other, without what can only be pressed. */
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
    .table,
    pre {
      overflow: visible;
    }

    table {
      inline-size: 100%;
    }

    th,
    td {
      min-inline-size: 0;
      white-space: normal;
    }

    /* Nor can they point at a message. */
    .frame .meta time {
      opacity: 1;
    }

    pre {
      white-space: pre-wrap;
    }

    .floating,
    ivy-chat-composer,
    ivy-chat-transcript::after,
    :is(.link, .jump, .older, .veil, .confirmation, .icon-button, .dot, .suggestions, .copy-turn) {
      display: none;
    }
  }
`;
