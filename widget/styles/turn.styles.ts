/** One turn: a bubble on the reader's side, plain text across the column on the other. */
import { css } from 'lit';

export const turnStyles = css`
  .turn {
    position: relative;
    display: flex;
    flex-direction: column;
    /* Inside the turn, so that heights add up. */
    padding-block-end: var(--_space-2);
  }

  .turn:focus-visible {
    outline: none;
  }

  .turn:focus-visible > :is(.bubble, ivy-chat-answer) {
    outline: 2px solid var(--_accent-text);
    outline-offset: 4px;
  }

  /* An exchange is set apart from the one before. */
  .turn.user {
    align-items: flex-end;
    padding-block-start: var(--_space-2);
  }

  .bubble {
    max-inline-size: min(85%, 36em);
    padding: 8px 14px;
    /* Seen where colours are forced. */
    border: 1px solid transparent;
    border-radius: var(--_radius-bubble);
    border-end-end-radius: 6px;
    background: var(--_bubble);
    color: var(--_bubble-text);
    line-height: 1.5;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }

  .turn.sending .bubble {
    opacity: 0.7;
  }

  .turn.failed .bubble {
    border-color: var(--_danger);
    background: transparent;
    color: var(--_text);
  }

  ivy-chat-answer {
    display: block;
    border-radius: var(--_radius-small);
    min-inline-size: 0;
  }

  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-1) var(--_space-2);
    min-block-size: 24px;
    padding-block-start: 2px;
    color: var(--_muted);
    font-size: var(--_size-small);
    line-height: 20px;
  }

  .turn.user .meta {
    justify-content: flex-end;
    padding-inline-end: 2px;
  }

  /* Times are for those who look for them. */
  @media (hover: hover) {
    .meta :is(time, .copy-turn) {
      opacity: 0;
      transition: opacity 120ms;
    }

    .turn:is(:hover, :focus-within, .assistant:last-child) .meta :is(time, .copy-turn),
    .copy-turn.copied {
      opacity: 1;
    }
  }

  /* Where nothing hovers they are always there, so once for each exchange is enough. */
  @media (hover: none) {
    .turn.assistant .meta time {
      display: none;
    }
  }

  /* An acknowledgement takes a moment, and only one that takes longer is worth a word. */
  .slow {
    animation: ivy-appear 1ms 800ms both;
  }

  .meta.problem,
  .meta.stopped {
    gap: var(--_space-1) var(--_space-2);
    padding-block-start: var(--_space-1);
    font-size: var(--_size-note);
  }

  .meta.problem .reason {
    color: var(--_danger);
  }

  .turn.user .meta.problem {
    flex-direction: column;
    align-items: flex-end;
    text-align: end;
  }

  .reason {
    display: flex;
    gap: 6px;
    text-align: start;
  }

  .copy-turn {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    margin-block: -2px;
    border-radius: var(--_radius-small);
  }

  .turn.assistant .copy-turn:first-child {
    margin-inline-start: -6px;
  }

  .turn.user .copy-turn {
    margin-inline-end: -6px;
  }

  .copy-turn:not(.copied) .icon:last-child,
  .copy-turn.copied .icon:first-of-type {
    display: none;
  }

  .copy-turn.copied {
    color: var(--_accent-text);
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }

  .meta .icon {
    inline-size: 16px;
    block-size: 16px;
    margin-block: 2px;
  }

  .action {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 3px 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-round);
    background: var(--_raised);
    color: var(--_text);
    font-weight: 500;
    line-height: 20px;
  }

  @media (pointer: coarse) {
    .action {
      padding-block: 7px;
    }

    .copy-turn {
      inline-size: 36px;
      block-size: 36px;
      margin-block: -6px;
    }

    .turn.user .copy-turn {
      margin-inline-end: -10px;
    }

    .turn.assistant .copy-turn:first-child {
      margin-inline-start: -10px;
    }
  }

  @media (hover: hover) {
    .action:hover,
    .copy-turn:hover {
      background: var(--_hover);
    }
  }

  .progress {
    min-block-size: 28px;
    gap: 10px;
    font-size: var(--_size-note);
    font-variant-numeric: tabular-nums;
  }

  .dots {
    display: inline-flex;
    gap: 4px;
    padding-inline: 1px;
  }

  .dots i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
    animation: ivy-breathe 1.3s ease-in-out infinite both;
  }

  .dots i:nth-child(2) {
    animation-delay: 0.16s;
  }

  .dots i:nth-child(3) {
    animation-delay: 0.32s;
  }

  @keyframes ivy-breathe {
    0%,
    70%,
    100% {
      opacity: 0.28;
      transform: none;
    }

    35% {
      opacity: 0.9;
      transform: translateY(-2px);
    }
  }

  @keyframes ivy-appear {
    from {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .dots i {
      opacity: 0.6;
      animation: none;
    }
  }

  @media print {
    .copy-turn {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .dots i {
      background: CanvasText;
    }
  }
`;
