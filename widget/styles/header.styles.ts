/** The top line. */
import { css } from 'lit';

export const headerStyles = css`
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 52px;
    padding: var(--_space-2);
    padding-inline-start: var(--_gutter);
    border-block-end: 1px solid var(--_line);
  }

  .heading {
    overflow: hidden;
    font-weight: 600;
    line-height: 1.35;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .gap {
    flex: 1;
  }

  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_line-strong);
  }

  .dot.online {
    background: #2e9e6b;
  }

  .dot:is(.connecting, .reconnecting, .unreachable) {
    background: var(--_waiting);
  }

  .dot.refused {
    background: var(--_danger);
  }

  .icon-button .icon {
    font-size: 18px;
  }
`;
