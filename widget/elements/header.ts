/** The top line: what this chat is, whether it is connected, and what can be done to all of it. */
import { html, type TemplateResult } from 'lit';
import type { Link } from '../controllers/link-controller.ts';
import type { Translation } from '../i18n/translation.ts';
import { closeIcon, newIcon, trashIcon } from './icons.ts';
import { linkWord } from './link-notice.ts';

export interface HeaderState {
  readonly heading: string;
  readonly link: Link;
  readonly canClear: boolean;
  readonly onClear: () => void;
  readonly canBegin: boolean;
  /** Undefined where the page has named the conversation. */
  readonly onNew: (() => void) | undefined;
  /** Undefined where there is nothing to close. */
  readonly onClose: (() => void) | undefined;
}

export function header(state: HeaderState, translation: Translation): TemplateResult {
  return html`
    <header class="header" part="header">
      <slot name="header-start"></slot>
      <div class="heading" part="heading" role="heading" aria-level="2">${state.heading}</div>
      <span class="dot ${state.link}" part="status"
        ><span class="unseen" .textContent=${linkWord(state.link, translation)}></span
      ></span>
      <span class="gap"></span>
      <slot name="header-end"></slot>
      ${state.onNew && button('new', newIcon, translation.newConversation, state.onNew, state.canBegin)}
      ${button('clear', trashIcon, translation.clear, state.onClear, state.canClear)}
      ${state.onClose && button('close', closeIcon, translation.close, state.onClose)}
    </header>
  `;
}

/** `name`: its class, and its part with `-button`. */
function button(
  name: 'new' | 'clear' | 'close',
  icon: TemplateResult,
  label: string,
  onClick: () => void,
  isEnabled = true,
): TemplateResult {
  return html`
    <button
      class="icon-button ${name}"
      type="button"
      part="${name}-button"
      aria-label=${label}
      title=${label}
      ?disabled=${!isEnabled}
      @click=${onClick}
    >
      ${icon}
    </button>
  `;
}
