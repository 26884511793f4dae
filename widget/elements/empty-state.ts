/**
 * What stands in the transcript while there is nothing in it: a greeting with what could be asked, or what is
 * missing for there to be one.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Translation } from '../i18n/translation.ts';
import type { Setup } from '../setup.ts';
import { alertIcon, leafIcon } from './icons.ts';

/** Enough of a wrong value to recognise it by. */
const SHOWN_MAX_CHARS = 160;

export interface EmptyState {
  readonly setup: Setup;
  /** History has arrived: a greeting that is replaced by a conversation was a mistake to look at. */
  readonly isKnown: boolean;
  readonly greeting: string;
  readonly suggestions: readonly string[];
  /** Nothing can be sent. */
  readonly disabled: boolean;
  readonly onSuggestion: (suggestion: string) => void;
}

export function emptyState(state: EmptyState, translation: Translation): TemplateResult | typeof nothing {
  const { setup } = state;
  switch (setup.kind) {
    case 'missing-thread':
      return missingThread(translation);
    case 'unsettled':
      return nothing;
    case 'bad':
      return badAttribute(
        setup.failure === 'bad_thread_id' ? translation.badThreadId : translation.badHost,
        setup.value,
      );
    case 'ready':
      return state.isKnown ? welcome(state, translation) : nothing;
  }
}

function welcome(state: EmptyState, translation: Translation): TemplateResult {
  return html`
    <div class="empty" part="empty">
      <slot name="empty">
        <span class="emblem" aria-hidden="true">${leafIcon}</span>
        <p class="greeting" dir="auto">${state.greeting}</p>
      </slot>
      ${
        state.suggestions.length === 0
          ? nothing
          : html`<div class="suggestions" role="group" aria-label=${translation.suggestions}>
              ${state.suggestions.map((suggestion) => chip(suggestion, state))}
            </div>`
      }
    </div>
  `;
}

function chip(suggestion: string, { disabled, onSuggestion }: EmptyState): TemplateResult {
  return html`
    <button
      class="suggestion"
      type="button"
      part="suggestion"
      dir="auto"
      ?disabled=${disabled}
      @click=${() => onSuggestion(suggestion)}
    >
      ${suggestion}
    </button>
  `;
}

/** For the developer: quiet, because a page that sets the thread later shows this for a moment. */
function missingThread(translation: Translation): TemplateResult {
  return html`
    <div class="empty setup" part="empty">
      <p>${translation.missingThreadId}</p>
      <code dir="ltr">&lt;ivy-chat thread-id="…"&gt;</code>
    </div>
  `;
}

/** `reason` in words, `value` as the page wrote it. */
function badAttribute(reason: string, value: string): TemplateResult {
  return html`
    <div class="empty setup" part="empty">
      <span class="emblem danger" aria-hidden="true">${alertIcon}</span>
      <p>${reason}</p>
      ${value === '' ? nothing : html`<code dir="ltr">${value.slice(0, SHOWN_MAX_CHARS)}</code>`}
    </div>
  `;
}
