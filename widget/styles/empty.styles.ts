/** What stands in an empty conversation: a greeting with what could be asked, or what is missing on the tag. */
import { css } from 'lit';

export const emptyStyles = css`
  .empty {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--_space-4);
    padding-block: var(--_space-5);
    text-align: center;
  }

  .emblem {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    border-radius: var(--_radius-round);
    background: var(--_bubble);
    color: var(--_accent-text);
  }

  .emblem .icon {
    inline-size: 26px;
    block-size: 26px;
  }

  .emblem.danger {
    background: var(--_sunken);
    color: var(--_danger);
  }

  .greeting {
    max-inline-size: 24em;
    font-size: var(--_size-title);
    font-weight: 500;
    letter-spacing: -0.01em;
    line-height: 1.3;
    text-wrap: balance;
  }

  .suggestions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-2);
    max-inline-size: 520px;
    padding-block-start: var(--_space-2);
  }

  .suggestion {
    max-inline-size: 100%;
    min-block-size: 36px;
    padding: 7px 14px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    line-height: 1.4;
    text-align: start;
    text-wrap: balance;
    transition:
      background 120ms,
      border-color 120ms;
  }

  .suggestion:disabled {
    color: var(--_muted);
  }

  @media (hover: hover) {
    .suggestion:enabled:hover {
      border-color: var(--_accent-text);
      background: var(--_hover);
    }
  }

  @media (pointer: coarse) {
    .suggestion {
      min-block-size: 44px;
    }
  }

  .setup {
    color: var(--_muted);
  }

  .setup p {
    max-inline-size: 32em;
  }

  .setup code {
    padding: var(--_space-2) var(--_space-3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    color: var(--_text);
    font-family: var(--_mono);
    font-size: var(--_size-note);
  }
`;
