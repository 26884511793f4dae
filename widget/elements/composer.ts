/** Where a message is written. Holds the draft, which nobody else needs to know, and keeps one for each thread. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { MESSAGE_MAX_CHARS } from '#protocol';
import { arrowUpIcon, stopIcon } from './icons.ts';
import type { ViewContext } from './view-context.ts';
import { ViewElement } from './view-element.ts';

/** The counter appears when this many characters are left: before that it would only be noise. */
const COUNTER_FROM_CHARS = 500;

/** What old browsers report for every key while an input method composes. */
const COMPOSING_KEY_CODE = 229;

export class ComposerElement extends ViewElement {
  @property({ attribute: false }) view!: ViewContext;
  /** The thread that the draft is for. */
  @property({ attribute: false }) thread = '';
  @property({ attribute: false }) placeholder = '';
  @property({ attribute: false }) isStreaming = false;
  /** Why nothing can be sent, in the reader's words; undefined when it can. */
  @property({ attribute: false }) closedBecause: string | undefined;

  @state() private draft = '';

  @query('textarea') private readonly field!: HTMLTextAreaElement | null;

  readonly #drafts = new Map<string, string>();

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const left = changed.get('thread');
    if (left === undefined) return;
    if (this.draft !== '') this.#drafts.set(left, this.draft);
    this.draft = this.#drafts.get(this.thread) ?? '';
    this.#drafts.delete(this.thread);
  }

  protected override render(): TemplateResult {
    const { translation } = this.view;
    const closed = this.closedBecause !== undefined;
    return html`
      <div class="composer ${closed ? 'closed' : ''}" part="composer" @click=${this.#onCardClick}>
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          autocapitalize="sentences"
          maxlength=${MESSAGE_MAX_CHARS}
          aria-label=${translation.composer}
          aria-describedby="composer-note"
          aria-disabled=${closed ? 'true' : nothing}
          ?readonly=${closed}
          placeholder=${this.closedBecause ?? (this.placeholder === '' ? translation.placeholder : this.placeholder)}
          .value=${live(this.draft)}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @keypress=${this.#keepFromPage}
          @keyup=${this.#keepFromPage}
        ></textarea>
        ${this.isStreaming ? this.#stopButton() : this.#sendButton(closed)}
      </div>
      <div class="composer-note" id="composer-note">${this.#note()}</div>
    `;
  }

  protected override updated(): void {
    // Browsers without `field-sizing` measure by hand.
    if (this.field === null || CSS.supports('field-sizing', 'content')) return;
    this.field.style.blockSize = 'auto';
    this.field.style.blockSize = `${String(this.field.scrollHeight)}px`;
  }

  #sendButton(closed: boolean): TemplateResult {
    return html`
      <button
        class="send"
        type="button"
        part="send-button"
        aria-label=${this.view.translation.send}
        ?disabled=${closed || this.draft.trim() === ''}
        @mousedown=${this.#keepFocus}
        @click=${this.#send}
      >
        ${arrowUpIcon}
      </button>
    `;
  }

  #stopButton(): TemplateResult {
    return html`
      <button
        class="send stop"
        type="button"
        part="stop-button"
        aria-label=${this.view.translation.stop}
        @mousedown=${this.#keepFocus}
        @click=${this.#onStop}
      >
        ${stopIcon}
      </button>
    `;
  }

  #note(): string {
    // Where a draft hides the placeholder, the reason moves below it.
    if (this.closedBecause !== undefined) return this.draft === '' ? '' : this.closedBecause;
    const left = MESSAGE_MAX_CHARS - this.draft.length;
    if (left > COUNTER_FROM_CHARS) return '';
    const count = new Intl.NumberFormat(this.view.time.locale).format(left);
    return this.view.translation.charactersLeft(left, count);
  }

  readonly #send = (): void => {
    const content = this.draft.trim();
    if (content === '' || this.isStreaming || this.closedBecause !== undefined) return;
    this.draft = '';
    this.view.actions.send(content);
  };

  /** The second click of a double click on Send finds the same place already being Stop. */
  readonly #onStop = (event: MouseEvent): void => {
    if (event.detail <= 1) this.view.actions.stop();
  };

  readonly #onInput = (event: InputEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    this.draft = event.currentTarget.value;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    this.#keepFromPage(event);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari ends composition before this key, and only keyCode tells
    if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#send();
  };

  /**
   * Outside a shadow root a key seems to come from `<ivy-chat>`, which is no form field: the page's one-letter
   * shortcuts would fire while people type. Escape, Tab and combinations stay the page's as well.
   */
  readonly #keepFromPage = (event: KeyboardEvent): void => {
    const combined = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (event.key !== 'Escape' && event.key !== 'Tab' && !combined) event.stopPropagation();
  };

  /** Pressing the button with a pointer leaves focus, and a phone's keyboard, where they are. */
  readonly #keepFocus = (event: MouseEvent): void => event.preventDefault();

  /** The whole card looks like the field, so it behaves like it. */
  readonly #onCardClick = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.field?.focus();
  };
}
