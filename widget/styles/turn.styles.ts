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
  .user {
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

  .sending .bubble {
    opacity: 0.7;
  }

  .failed .bubble {
    border-color: var(--_danger);
    background: none;
    color: var(--_text);
  }

  /* For the ring around it. */
  ivy-chat-answer {
    border-radius: var(--_radius-small);
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

  .user .meta {
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
    .assistant time {
      display: none;
    }
  }

  /* An acknowledgement takes a moment, and only one that takes longer is worth a word. */
  .slow {
    animation: ivy-appear 1ms 800ms both;
  }

  .problem,
  .stopped {
    padding-block-start: var(--_space-1);
    font-size: var(--_size-note);
  }

  .problem .reason {
    color: var(--_danger);
  }

  .user .problem {
    flex-direction: column;
    align-items: flex-end;
  }

  .reason {
    display: flex;
    gap: 6px;
  }

  .meta .icon {
    margin-block: 2px;
    font-size: 16px;
  }

  /* Its icon stands in line with the text, and what can be pressed around it reaches beyond that. */
  .copy-turn {
    --_reach: 6px;

    inline-size: calc(16px + 2 * var(--_reach));
    block-size: calc(16px + 2 * var(--_reach));
    margin-block: calc(4px - var(--_reach));
  }

  @media (pointer: coarse) {
    .copy-turn {
      --_reach: 10px;
    }
  }

  .assistant .copy-turn:first-child {
    margin-inline-start: calc(-1 * var(--_reach));
  }

  .user .copy-turn {
    margin-inline-end: calc(-1 * var(--_reach));
  }

  .copy-turn:not(.copied) .icon:last-child,
  .copied .icon:first-of-type {
    display: none;
  }

  .copy-turn.copied {
    color: var(--_accent-text);
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
`;
