/** The top line: what this chat is, whether it is connected, and the one thing that can be done to all of it. */
import { html, type TemplateResult } from 'lit';
import type { Link } from '../controllers/link-controller.ts';
import type { Translation } from '../i18n/translation.ts';
import { trashIcon } from './icons.ts';
import { linkWord } from './link-notice.ts';

export interface HeaderState {
  readonly heading: string;
  readonly link: Link;
  readonly canClear: boolean;
  readonly onClear: () => void;
}

export function header(state: HeaderState, translation: Translation): TemplateResult {
  return html`
    <header class="header" part="header">
      <slot name="header-start"></slot>
      <div class="heading" part="heading" role="heading" aria-level="2">${state.heading}</div>
      <span class="dot ${state.link}" part="status"
        ><span class="unseen">${linkWord(state.link, translation)}</span></span
      >
      <span class="gap"></span>
      <slot name="header-end"></slot>
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
    </header>
  `;
}
