/** An error that belongs to no message in particular, above the composer until it is no longer the case. */
import { html, nothing, type TemplateResult } from 'lit';
import { errorSentence, type Translation } from '../i18n/translation.ts';
import type { ChatError, ChatSnapshot } from '../state/chat-snapshot.ts';
import { alertIcon } from './icons.ts';

export function errorNotice(
  snapshot: ChatSnapshot,
  translation: Translation,
): TemplateResult | typeof nothing {
  const { error } = snapshot;
  if (error === undefined || isToldElsewhere(error, snapshot)) return nothing;
  return html`
    <div class="error-notice" part="error">
      ${alertIcon}<span>${errorSentence(translation, error.code)}</span>
    </div>
  `;
}

/** A refused connection has its own notice; a failed turn carries its reason. */
function isToldElsewhere(error: ChatError, snapshot: ChatSnapshot): boolean {
  if (snapshot.connection === 'refused') return true;
  if (error.messageId === undefined) return false;
  const { messageId } = error;
  return (
    snapshot.pending.some(({ id, state }) => id === messageId && state === 'failed') ||
    snapshot.messages.some(({ id, status }) => id === messageId && status !== 'complete')
  );
}
