/** Asks before something is deleted. Covers the widget only: a chat has no business blocking the page around it. */
import { html, type TemplateResult } from 'lit';
import type { Translation } from '../i18n/translation.ts';

export interface ConfirmationChoices {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function clearConfirmation(choices: ConfirmationChoices, translation: Translation): TemplateResult {
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
      <p class="confirmation-title" id="confirmation-title">${translation.clearTitle}</p>
      <p class="confirmation-detail" id="confirmation-detail">${translation.clearDetail}</p>
      <div class="confirmation-choices">
        <button class="button cancel" type="button" @click=${choices.onCancel}>${translation.cancel}</button>
        <button class="button danger" type="button" @click=${choices.onConfirm}>
          ${translation.clearConfirm}
        </button>
      </div>
    </div>
  `;
}
