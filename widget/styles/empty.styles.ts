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
    inline-size: 52px;
    block-size: 52px;
    border-radius: var(--_radius-round);
    background: var(--_bubble);
    color: var(--_accent-text);
  }

  :is(.emblem, .launcher) .icon {
    font-size: 26px;
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
    justify-content: center;
    max-inline-size: 520px;
    padding-block-start: var(--_space-2);
  }

  .setup {
    color: var(--_muted);
  }

  .setup p {
    max-inline-size: 32em;
  }

  .setup code {
    padding: var(--_space-2) var(--_space-3);
    border-radius: var(--_radius-small);
    color: var(--_text);
    font-size: var(--_size-note);
  }
`;
