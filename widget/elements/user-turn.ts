/** What a person wrote: confirmed by the relay, on its way to it, or refused by it. */
import { html, type TemplateResult } from 'lit';
import { errorSentence } from '../i18n/translation.ts';
import type { PendingMessage } from '../state/chat-snapshot.ts';
import { alertIcon, retryIcon } from './icons.ts';
import type { ViewContext } from './view-context.ts';

export interface UserTurn {
  readonly id: string;
  readonly content: string;
  readonly timestamp: number;
  /** Undefined once the relay has confirmed it; until then, how far it has come. */
  readonly pending: PendingMessage | undefined;
}

/** One template for all three states: the bubble stays the same node when its message is confirmed. */
export function userTurn(turn: UserTurn, view: ViewContext): TemplateResult {
  const state = turn.pending?.state ?? 'sent';
  return html`
    <li class="turn user ${state}" data-turn=${turn.id} part="message message-user">
      <span class="unseen">${view.translation.fromYou}</span>
      <div class="bubble" dir="auto" part="bubble">${turn.content}</div>
      ${
        turn.pending === undefined
          ? html`<div class="meta">
              <time datetime=${view.time.machine(turn.timestamp)}>${view.time.short(turn.timestamp)}</time>
            </div>`
          : pendingMeta(turn.pending, view)
      }
    </li>
  `;
}

function pendingMeta(pending: PendingMessage, { translation, actions }: ViewContext): TemplateResult {
  if (pending.state === 'sending') {
    return html`<div class="meta"><span class="slow">${translation.sending}</span></div>`;
  }
  return html`
    <div class="meta problem" part="problem">
      <span class="reason">
        ${alertIcon}<span>${translation.notSent} ${errorSentence(translation, pending.code)}</span>
      </span>
      <span class="choices">
        <button class="action" type="button" @click=${() => actions.resend(pending.id)}>
          ${retryIcon}${translation.resend}
        </button>
        <button class="action" type="button" @click=${() => actions.discard(pending.id)}>
          ${translation.discard}
        </button>
      </span>
    </div>
  `;
}
