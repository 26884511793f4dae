/** Where a message is written. Holds the draft, which nobody else needs to know. */
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { MESSAGE_MAX_CHARS } from '#protocol';
import { DraftShelf } from './draft-shelf.ts';
import { arrowUpIcon, stopIcon } from './icons.ts';
import { SayEvent } from './say-event.ts';
import { isTouchFirst } from './touch-first.ts';
import type { ViewContext } from './view-context.ts';
import { INNER, ViewElement } from './view-element.ts';

/** The counter appears when this many characters are left: before that it would only be noise. */
const COUNTER_FROM_CHARS = 500;

/** With Ctrl or Cmd: what a text field does with them, the page must not do as well. */
const EDITING_KEY = /^(?:[acvxyz]|Enter|Backspace|Delete|Home|End|Arrow.+)$/i;

/** What else of writing would be heard outside, as from an element that is no form field. */
const WRITING = [
  'beforeinput',
  'textInput', // an old one of Chromium's and Safari's
  'input',
  'compositionstart',
  'compositionupdate',
  'compositionend',
  'cut',
  'copy',
  'paste',
] as const;

/** What old browsers report for every key while an input method composes. */
const COMPOSING_KEY_CODE = 229;

export class ComposerElement extends ViewElement {
  static override readonly properties: PropertyDeclarations = {
    view: INNER,
    conversation: INNER,
    placeholder: INNER,
    isStreaming: INNER,
    isAway: INNER,
    closedBecause: INNER,
    draft: INNER,
  };

  view!: ViewContext;
  /** The conversation that the draft is for; empty while there is none. */
  conversation = '';
  placeholder = '';
  isStreaming = false;
  /** The connection has been away for long enough to be told. */
  isAway = false;
  /** Why nothing can be sent, in the reader's words; undefined when it can. */
  closedBecause: string | undefined;

  private draft = '';

  readonly #drafts = new DraftShelf();
  /** Keys that the page was not told of when they went down, by their places on the keyboard. */
  readonly #kept = new Set<string>();

  /** What is written and not sent, for the conversation that comes next. */
  get written(): string {
    return this.draft;
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversation')) this.draft = this.#drafts.read(this.conversation);
  }

  protected override render(): TemplateResult {
    const { translation } = this.view;
    const closed = this.closedBecause !== undefined;
    const over = this.#over > 0;
    return html`
      <div class="composer ${closed ? 'closed' : ''}" part="composer" @click=${this.#onCardClick}>
        <textarea
          part="input"
          rows="1"
          enterkeyhint=${isTouchFirst() ? 'enter' : 'send'}
          autocapitalize="sentences"
          aria-label=${translation.composer}
          aria-describedby="composer-note"
          aria-disabled=${closed ? 'true' : nothing}
          aria-invalid=${over ? 'true' : nothing}
          ?readonly=${closed}
          placeholder=${this.closedBecause ?? (this.placeholder === '' ? translation.placeholder : this.placeholder)}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
          @keypress=${this.#keepFromPage}
          @keyup=${this.#keepFromPage}
        ></textarea>
        ${this.isStreaming && this.draft.trim() === '' ? nothing : this.#sendButton()}
        ${this.isStreaming ? this.#stopButton() : nothing}
      </div>
      <div class="composer-note ${over ? 'over' : ''}" id="composer-note" .textContent=${this.#note()}></div>
    `;
  }

  protected override firstUpdated(): void {
    for (const type of WRITING) this.field?.addEventListener(type, (event) => event.stopPropagation());
  }

  protected override updated(): void {
    const { field } = this;
    if (field === null) return;
    // Where it is the same the caret stays.
    if (field.value !== this.draft) field.value = this.draft;
    // Browsers without `field-sizing` measure by hand.
    if (CSS.supports('field-sizing', 'content')) return;
    field.style.blockSize = 'auto';
    // One line needs no measuring, which makes the browser lay out the page.
    if (this.draft !== '') field.style.blockSize = `${String(field.scrollHeight)}px`;
  }

  #sendButton(): TemplateResult {
    return html`
      <button
        class="send"
        type="button"
        part="send-button"
        aria-label=${this.view.translation.send}
        ?disabled=${!this.#canSend}
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

  get #canSend(): boolean {
    return this.closedBecause === undefined && this.draft.trim() !== '' && this.#over <= 0;
  }

  /** By how many characters the message is too long; negative is what is left. */
  get #over(): number {
    return this.draft.trim().length - MESSAGE_MAX_CHARS;
  }

  #note(): string {
    // Where a draft hides the placeholder, the reason moves below it.
    if (this.closedBecause !== undefined) return this.draft === '' ? '' : this.closedBecause;
    const { translation, time } = this.view;
    const over = this.#over;
    if (over >= -COUNTER_FROM_CHARS) {
      const count = Math.abs(over).toLocaleString(time.locale);
      return over > 0 ? translation.charactersOver(over, count) : translation.charactersLeft(-over, count);
    }
    if (this.draft.trim() === '') return '';
    if (this.isAway) return translation.sentWhenBack;
    return this.isStreaming ? translation.sentAfterAnswer : '';
  }

  readonly #send = (): void => {
    if (!this.#canSend) return;
    const content = this.draft.trim();
    this.write('');
    this.view.actions.send(content);
  };

  /** The second click of a double click on Send finds the same place already being Stop. */
  readonly #onStop = (event: MouseEvent): void => {
    if (event.detail <= 1) this.view.actions.stop();
  };

  readonly #onInput = (event: InputEvent & { readonly currentTarget: HTMLTextAreaElement }): void => {
    this.write(event.currentTarget.value);
  };

  /** Instead of what is in the field. */
  write(draft: string): void {
    const wasOver = this.#over > 0;
    this.draft = draft;
    if (this.#over > 0 && !wasOver) this.dispatchEvent(new SayEvent(this.#note()));
    this.#drafts.keep(this.conversation, draft);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    this.#keepFromPage(event);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari ends composition before this key, and only keyCode tells
    if (event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    const isCombined = event.ctrlKey || event.metaKey;
    if (isTouchFirst() && !isCombined) return;
    event.preventDefault();
    this.#send();
  };

  /**
   * Outside a shadow root a key seems to come from `<ivy-chat>`, which is no form field: the page's one-letter
   * shortcuts would fire while people type. What is the page's is so from press to release.
   */
  readonly #keepFromPage = (event: KeyboardEvent): void => {
    if (event.type === 'keydown') {
      if (isForPage(event)) this.#kept.delete(event.code);
      else this.#kept.add(event.code);
    }
    if (this.#kept.has(event.code)) event.stopPropagation();
  };

  /** Pressing the button with a pointer leaves focus, and a phone's keyboard, where they are. */
  readonly #keepFocus = (event: MouseEvent): void => event.preventDefault();

  /** The whole card looks like the field, so it behaves like it. */
  readonly #onCardClick = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.field?.focus();
  };
}

/** Escape, Tab and combinations, but for those that the field itself has a use for. */
function isForPage({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (key === 'Escape' || key === 'Tab') return true;
  return (ctrlKey || metaKey) && !altKey && !EDITING_KEY.test(key);
}
