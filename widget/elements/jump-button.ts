/** The way back to the end, with what is new there. */
import { html, nothing, type TemplateResult } from 'lit';
import { arrowDownIcon } from './icons.ts';
import { typingDots } from './typing-dots.ts';
import type { ViewContext } from './view-context.ts';

export interface NewTurns {
  /** Turns that were finished since the reader left the end. */
  readonly finished: number;
  /** One more is being written. */
  readonly isStreaming: boolean;
}

export function jumpButton(
  { finished, isStreaming }: NewTurns,
  { translation, time }: ViewContext,
  onClick: () => void,
): TemplateResult {
  const count = finished.toLocaleString(time.locale);
  const news = [
    ...(finished > 0 ? [translation.newMessages(finished, count)] : []),
    ...(isStreaming ? [translation.answering] : []),
  ];
  return html`
    <button
      class="jump ${news.length > 0 ? 'news' : ''}"
      type="button"
      part="jump-button"
      aria-label=${[translation.jumpToLatest, ...news].join(', ')}
      @click=${onClick}
    >
      ${arrowDownIcon}<span .textContent=${news[0] ?? translation.jumpToLatest}></span
      >${isStreaming ? typingDots : nothing}
    </button>
  `;
}
