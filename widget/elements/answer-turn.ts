/** What the assistant answered: being written, finished, or broken off with the reason in the reader's words. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ThreadMessage } from '#protocol';
import { errorSentence, type Translation } from '../i18n/translation.ts';
import { alertIcon, retryIcon } from './icons.ts';
import { copyButton, dayHeading, turnTime } from './turn-parts.ts';
import type { TurnRow } from './turn-rows.ts';
import type { LiveText, ViewContext } from './view-context.ts';

export interface AnswerTurn {
  readonly id: string;
  /** Undefined while the answer is being written. */
  readonly message: ThreadMessage | undefined;
  readonly live: LiveText | undefined;
  /** What is written above it, where a day begins with it. */
  readonly day: string | undefined;
  /** Nothing came after it, so that asking again makes sense. */
  readonly canRetry: boolean;
}

/** One template for live and finished: what was drawn while it streamed in stays the same nodes. */
export function answerTurn({ id, message, live, day, canRetry }: AnswerTurn, view: ViewContext): TurnRow {
  const { translation, time } = view;
  return {
    id,
    side: 'assistant',
    state: '',
    label:
      message === undefined
        ? translation.answering
        : translation.assistantTurn(time.short(message.timestamp)),
    content: html`
      ${dayHeading(day)}
      <span class="unseen">${translation.fromAssistant}</span>
      <ivy-chat-answer
        .translation=${translation}
        .live=${live}
        .text=${message?.content ?? ''}
        .broken=${message !== undefined && message.status !== 'complete'}
      ></ivy-chat-answer>
      ${message === undefined ? nothing : answerMeta(message, canRetry, view)}
    `,
  };
}

function answerMeta(message: ThreadMessage, canRetry: boolean, view: ViewContext): TemplateResult {
  const { translation, actions } = view;
  const ending = endingOf(message, translation);
  const copy = message.content === '' ? nothing : copyButton(message.content, view);
  if (ending === undefined) {
    return html`<div class="meta">${copy}${turnTime(message.timestamp, view)}</div>`;
  }
  return html`
    <div class="meta ${message.status === 'stopped' ? 'stopped' : 'problem'}" part="problem">
      <span class="reason">
        ${message.status === 'stopped' ? nothing : alertIcon}<span>${ending}</span>
      </span>
      ${
        canRetry
          ? html`<button class="action" type="button" @click=${() => actions.retry()}>
              ${retryIcon}${translation.retry}
            </button>`
          : nothing
      }
      ${copy}
    </div>
  `;
}

/** Undefined for an answer that ended as it should. */
export function endingOf(message: ThreadMessage, translation: Translation): string | undefined {
  const { status } = message;
  if (status === 'failed') return errorSentence(translation, message.error?.code);
  return status === 'complete' ? undefined : translation[status];
}
