/** What is said about the chat as a whole: its connection, its errors, and the question before it is cleared. */
import { css } from 'lit';

export const noticeStyles = css`
  .link {
    position: absolute;
    z-index: 1;
    inset-block-start: var(--_space-3);
    inset-inline: var(--_space-3);
    display: flex;
    justify-content: center;
    pointer-events: none;
  }

  /* What stays for long may not cover what there is to read. */
  .link.steady {
    position: static;
    flex: none;
    padding: var(--_space-3) var(--_space-3) 0;
  }

  .link.steady .pill {
    box-shadow: none;
  }

  .pill {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    max-inline-size: 100%;
    padding-block: 6px;
    padding-inline: 10px 14px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    font-size: var(--_size-note);
    line-height: 20px;
    pointer-events: auto;
  }

  .pill .icon,
  .error-notice .icon {
    inline-size: 18px;
    block-size: 18px;
    margin-block: 1px;
  }

  .pill .icon {
    color: var(--_waiting);
  }

  .pill.refused .icon {
    color: var(--_danger);
  }

  .spinner {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    margin: 3px 2px;
    border: 2px solid var(--_line-strong);
    border-block-start-color: var(--_accent-text);
    border-radius: 50%;
    animation: ivy-turn 0.9s linear infinite;
  }

  @keyframes ivy-turn {
    to {
      transform: rotate(1turn);
    }
  }

  .error-notice {
    display: flex;
    flex: none;
    gap: 8px;
    inline-size: calc(100% - 2 * var(--_gutter));
    max-inline-size: var(--_column);
    margin: var(--_space-1) auto var(--_space-2);
    padding: 8px 14px;
    border: 1px solid var(--_danger);
    border-radius: var(--_radius-block);
    font-size: var(--_size-note);
    line-height: 20px;
  }

  .error-notice .icon {
    color: var(--_danger);
  }

  .veil {
    position: absolute;
    z-index: 2;
    inset: 0;
    background: var(--_veil);
  }

  .confirmation {
    position: absolute;
    z-index: 3;
    inset-block-start: 50%;
    inset-inline: var(--_space-4);
    max-inline-size: 340px;
    margin-inline: auto;
    padding: var(--_space-5);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    transform: translateY(-50%);
  }

  .confirmation-title {
    font-weight: 600;
    line-height: 1.4;
  }

  .confirmation-detail {
    padding-block-start: var(--_space-1);
    color: var(--_muted);
    font-size: var(--_size-note);
    line-height: 1.5;
    text-wrap: balance;
  }

  .confirmation-choices {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-2);
    padding-block-start: var(--_space-4);
  }

  .button {
    padding: 7px 16px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-round);
    font-weight: 500;
    line-height: 1.5;
  }

  .button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_surface);
  }

  .button.go {
    border-color: transparent;
    background: var(--_accent-fill);
    color: var(--_on-accent);
  }

  @media (hover: hover) {
    .button.cancel:hover {
      background: var(--_hover);
    }

    .button:is(.danger, .go):hover {
      opacity: 0.88;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
`;
