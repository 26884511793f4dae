/** What a person wrote: confirmed by the relay, on its way to it, or refused by it. */
import { html, type TemplateResult } from 'lit';
import { errorSentence } from '../i18n/translation.ts';
import type { PendingMessage } from '../state/chat-snapshot.ts';
import { alertIcon, retryIcon } from './icons.ts';
import { copyButton, dayHeading, turnTime } from './turn-parts.ts';
import type { TurnRow } from './turn-rows.ts';
import type { ViewContext } from './view-context.ts';

export interface UserTurn {
  readonly id: string;
  readonly content: string;
  readonly timestamp: number;
  /** What is written above it, where a day begins with it. */
  readonly day: string | undefined;
  /** Undefined once the relay has confirmed it; until then, how far it has come. */
  readonly pending: PendingMessage | undefined;
  /** It cannot go out yet: there is no connection, or an answer is being written. */
  readonly isWaiting: boolean;
}

/** One template for all three states: the bubble stays the same node when its message is confirmed. */
export function userTurn(turn: UserTurn, view: ViewContext): TurnRow {
  const { id, content, timestamp, day, pending, isWaiting } = turn;
  const { translation, time } = view;
  return {
    id,
    side: 'user',
    state: pending?.state ?? 'sent',
    label: translation.yourTurn(time.short(timestamp)),
    content: html`
      ${dayHeading(day)}
      <span class="unseen">${translation.fromYou}</span>
      <div class="bubble" dir="auto" part="bubble">${content}</div>
      ${
        pending === undefined
          ? html`<div class="meta">${turnTime(timestamp, view)}${copyButton(content, view)}</div>`
          : pendingMeta(pending, isWaiting, view)
      }
    `,
  };
}

function pendingMeta(
  pending: PendingMessage,
  isWaiting: boolean,
  { translation, actions }: ViewContext,
): TemplateResult {
  if (pending.state === 'sending') {
    const words = isWaiting ? translation.waitingToSend : translation.sending;
    return html`<div class="meta"><span class="slow">${words}</span></div>`;
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
