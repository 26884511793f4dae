/** What turns of both sides have: the day that begins with them, when they were written, and their text to take away. */
import { html, nothing, type TemplateResult } from 'lit';
import { copyText } from './copy-text.ts';
import { checkIcon, copyIcon } from './icons.ts';
import type { ViewContext } from './view-context.ts';

/** Inside its turn, so that the two are one thing to measure; a heading, because readers jump from heading to heading. */
export function dayHeading(day: string | undefined): TemplateResult | typeof nothing {
  return day === undefined ? nothing : html`<h3 class="day" part="day">${day}</h3>`;
}

export function turnTime(timestamp: number, { time }: ViewContext): TemplateResult {
  return html`<time datetime=${time.machine(timestamp)}>${time.short(timestamp)}</time>`;
}

/** Copies the text as it was written, not as it was drawn. */
export function copyButton(text: string, { translation }: ViewContext): TemplateResult {
  const copy = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof Element)) return;
    const shown = currentTarget.closest('.turn')?.querySelector('.bubble, .markdown');
    void copyText(text, shown, currentTarget, translation.codeCopied);
  };
  return html`<button
    class="copy-turn"
    type="button"
    part="copy-button"
    title=${translation.copyMessage}
    @click=${copy}
  >
    <span class="unseen" .textContent=${translation.copyMessage}></span>${copyIcon}${checkIcon}
  </button>`;
}
