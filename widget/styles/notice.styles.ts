/** What is said about the chat as a whole: its connection, its errors, and the question before it is cleared. */
import { css } from 'lit';

export const noticeStyles = css`
  /* Over everything before them. */
  .link,
  .jump,
  .veil,
  .confirmation {
    position: absolute;
    z-index: 1;
  }

  .link {
    inset: var(--_space-3) var(--_space-3) auto;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }

  /* What stays for long may not cover what there is to read. */
  .steady {
    position: static;
    padding: var(--_space-3) var(--_space-3) 0;
  }

  .pill {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 6px 14px;
    padding-inline-start: 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    box-shadow: var(--_shadow-high);
    font-size: var(--_size-note);
    line-height: 20px;
    pointer-events: auto;
  }

  .steady .pill {
    box-shadow: none;
  }

  :is(.pill, .error-notice) .icon {
    margin-block: 1px;
    color: var(--_danger);
    font-size: 18px;
  }

  .pill:not(.refused) .icon {
    color: var(--_waiting);
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

  .veil {
    inset: 0;
    background: var(--_veil);
  }

  .confirmation {
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
    justify-content: flex-end;
    padding-block-start: var(--_space-4);
  }
`;
