/** The button in the corner of the window, with the number of answers that came while the chat was closed. */
import { html, nothing, type TemplateResult } from 'lit';
import { chatIcon, chevronDownIcon } from './icons.ts';
import type { ViewContext } from './view-context.ts';

/** More than this is not counted for anybody. */
const SHOWN_MAX = 99;

export interface LauncherState {
  readonly heading: string;
  readonly open: boolean;
  readonly unread: number;
  readonly onPress: () => void;
}

export function launcher(
  { heading, open, unread, onPress }: LauncherState,
  view: ViewContext,
): TemplateResult {
  const label = unread === 0 ? heading : `${heading}, ${unreadWords(unread, view)}`;
  return html`
    <button
      class="launcher"
      type="button"
      part="launcher-button"
      aria-label=${label}
      aria-haspopup="dialog"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${onPress}
    >
      ${open ? chevronDownIcon : html`<slot name="launcher-icon">${chatIcon}</slot>`}
      ${unread === 0 ? nothing : html`<span class="badge" part="launcher-badge" .textContent=${shown(unread, view)}></span>`}
    </button>
  `;
}

export function unreadWords(unread: number, { translation, time }: ViewContext): string {
  return translation.unread(unread, unread.toLocaleString(time.locale));
}

function shown(unread: number, { time }: ViewContext): string {
  const count = Math.min(unread, SHOWN_MAX).toLocaleString(time.locale);
  return unread > SHOWN_MAX ? `${count}+` : count;
}
