/** Asks before a conversation is deleted or left. Covers the widget only: a chat has no business blocking the page around it. */
import { html, type TemplateResult } from 'lit';
import type { Question } from '../controllers/question-controller.ts';
import type { Translation } from '../i18n/translation.ts';

export interface ConfirmationChoices {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function confirmation(
  question: Question,
  choices: ConfirmationChoices,
  translation: Translation,
): TemplateResult {
  const isClear = question === 'clear';
  const title = isClear ? translation.clearTitle : translation.newTitle;
  const detail = isClear ? translation.clearDetail : translation.newDetail;
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    choices.onCancel();
  };
  return html`
    <div class="veil" @click=${choices.onCancel}></div>
    <div
      class="confirmation"
      part="confirmation"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="confirmation-title"
      aria-describedby="confirmation-detail"
      @keydown=${onKeydown}
    >
      <p class="confirmation-title" id="confirmation-title">${title}</p>
      <p class="confirmation-detail" id="confirmation-detail">${detail}</p>
      <div class="confirmation-choices">
        <button class="button cancel" type="button" @click=${choices.onCancel}>${translation.cancel}</button>
        <button class="button ${isClear ? 'danger' : 'go'}" type="button" @click=${choices.onConfirm}>
          ${isClear ? translation.clearConfirm : translation.newConfirm}
        </button>
      </div>
    </div>
  `;
}
