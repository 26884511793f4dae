/** The top line: what this chat is, whether it is connected, and what can be done to all of it. */
import { html, nothing, type TemplateResult } from 'lit';
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
      ${
        state.onNew === undefined
          ? nothing
          : html`<button
              class="icon-button new"
              type="button"
              part="new-button"
              aria-label=${translation.newConversation}
              title=${translation.newConversation}
              ?disabled=${!state.canBegin}
              @click=${state.onNew}
            >
              ${newIcon}
            </button>`
      }
      <button
        class="icon-button clear"
        type="button"
        part="clear-button"
        aria-label=${translation.clear}
        title=${translation.clear}
        ?disabled=${!state.canClear}
        @click=${state.onClear}
      >
        ${trashIcon}
      </button>
      ${
        state.onClose === undefined
          ? nothing
          : html`<button
              class="icon-button close"
              type="button"
              part="close-button"
              aria-label=${translation.close}
              title=${translation.close}
              @click=${state.onClose}
            >
              ${closeIcon}
            </button>`
      }
    </header>
  `;
}
