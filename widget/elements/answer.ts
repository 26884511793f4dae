/**
 * The text of one answer. While it is being written this element alone follows the store, and draws at most once an
 * animation frame: the cost of a token does not depend on the transcript around it.
 */
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { SilenceController } from '../controllers/silence-controller.ts';
import type { Translation } from '../i18n/translation.ts';
import { MarkdownView } from '../markdown/markdown-view.ts';
import { copyText } from './copy-text.ts';
import { typingDots } from './typing-dots.ts';
import type { LiveText } from './view-context.ts';
import { INNER, ViewElement } from './view-element.ts';

export class AnswerElement extends ViewElement {
  static override readonly properties: PropertyDeclarations = {
    translation: INNER,
    live: INNER,
    text: INNER,
    broken: INNER,
  };

  translation!: Translation;
  /** Where the text grows; undefined when the answer is finished. */
  live: LiveText | undefined;
  /** The finished text. */
  text = '';
  /** The text ends where something stopped it. */
  broken = false;

  readonly #silence = new SilenceController(this);
  #view: MarkdownView | undefined;
  #unsubscribe: (() => void) | undefined;
  #frame: number | undefined;
  #drawn = '';

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
  }

  /** Draws what is due at once, for those who measure it. */
  drawNow(): void {
    if (this.isUpdatePending) this.performUpdate();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="markdown" dir="auto" part="answer"></div>
      ${this.live === undefined ? nothing : this.#progress()}
    `;
  }

  protected override firstUpdated(): void {
    const container = this.querySelector<HTMLElement>('.markdown');
    if (container === null) return;
    const { translation } = this;
    this.#view = new MarkdownView(
      container,
      translation,
      (code, button) => void copyText(code.textContent, code, button, translation.codeCopied),
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('live')) this.#follow();
    if (this.live === undefined && (changed.has('live') || changed.has('text'))) this.#finish();
  }

  /** What broke off in the middle of a bold word is drawn as it was while it grew: its markers close nothing. */
  #finish(): void {
    if (this.broken) this.#view?.update(this.text);
    else this.#view?.finish(this.text);
  }

  #progress(): TemplateResult {
    const { seconds } = this.#silence;
    const waiting = seconds !== undefined || this.live?.snapshot.streamingContent === '';
    const words = seconds === undefined ? this.translation.thinking : this.translation.stillWorking(seconds);
    return html`
      <div class="meta progress" part="typing">
        ${waiting ? html`${typingDots}<span .textContent=${words}></span>` : nothing}
      </div>
    `;
  }

  #follow(): void {
    this.#unfollow();
    if (this.live === undefined) return;
    this.#unsubscribe = this.live.subscribe(() => {
      this.#frame ??= requestAnimationFrame(this.#onFrame);
    });
    this.#silence.restart();
    this.#draw();
  }

  #unfollow(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#silence.stop();
  }

  readonly #onFrame = (): void => {
    this.#frame = undefined;
    const isFirst = this.#drawn === '';
    if (!this.#draw()) return;
    this.#silence.restart();
    if (isFirst) this.requestUpdate(); // takes the typing dots away
  };

  #draw(): boolean {
    // A page's own frames may come although they were cancelled.
    const text = this.live?.snapshot.streamingContent;
    if (text === undefined || text === this.#drawn) return false;
    this.#drawn = text;
    this.#view?.update(text);
    return true;
  }
}
