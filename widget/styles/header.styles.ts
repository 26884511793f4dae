/** The top line. */
import { css } from 'lit';

export const headerStyles = css`
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: 52px;
    padding-block: var(--_space-2);
    padding-inline: var(--_gutter) var(--_space-2);
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
    position: relative;
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

  .dot.connecting,
  .dot.reconnecting,
  .dot.unreachable {
    background: var(--_waiting);
  }

  .dot.refused {
    background: var(--_danger);
  }

  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_radius-small);
    color: var(--_muted);
  }

  .icon-button .icon {
    inline-size: 18px;
    block-size: 18px;
  }

  .icon-button:disabled {
    opacity: 0.4;
  }

  @media (hover: hover) {
    .icon-button:enabled:hover {
      background: var(--_hover);
      color: var(--_text);
    }
  }
`;
