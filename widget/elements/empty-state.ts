/** What stands in the transcript while there is nothing in it: a greeting, or what is missing for there to be one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Translation } from '../i18n/translation.ts';
import { alertIcon, leafIcon } from './icons.ts';

/** Enough of a wrong value to recognise it by. */
const SHOWN_MAX_CHARS = 160;

export function greeting(words: string): TemplateResult {
  return html`
    <div class="empty" part="empty">
      <slot name="empty">
        <span class="emblem" aria-hidden="true">${leafIcon}</span>
        <p class="greeting" dir="auto">${words}</p>
      </slot>
    </div>
  `;
}

/** For the developer: quiet, because a page that sets the thread later shows this for a moment. */
export function missingThread(translation: Translation): TemplateResult {
  return html`
    <div class="empty setup" part="empty">
      <p>${translation.missingThreadId}</p>
      <code dir="ltr">&lt;ivy-chat thread-id="…"&gt;</code>
    </div>
  `;
}

/** `reason` in words, `value` as the page wrote it. */
export function badAttribute(reason: string, value: string): TemplateResult {
  return html`
    <div class="empty setup" part="empty">
      <span class="emblem danger" aria-hidden="true">${alertIcon}</span>
      <p>${reason}</p>
      ${value === '' ? nothing : html`<code dir="ltr">${value.slice(0, SHOWN_MAX_CHARS)}</code>`}
    </div>
  `;
}
