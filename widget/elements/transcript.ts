/**
 * The conversation as a list that scrolls. Draws what the snapshot holds, keyed by message, so that one turn can
 * change while the others stay untouched; growing text is drawn by its own element and does not come through here.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ThreadMessage } from '#protocol';
import { ScrollController } from '../controllers/scroll-controller.ts';
import type { PendingMessage } from '../state/chat-snapshot.ts';
import { answerTurn, type AnswerTurn } from './answer-turn.ts';
import { arrowDownIcon } from './icons.ts';
import { userTurn, type UserTurn } from './user-turn.ts';
import type { LiveText, ViewContext } from './view-context.ts';
import { ViewElement } from './view-element.ts';

/** An original relay names an answer only when it is done. */
const UNNAMED_RUN = 'run';

type Turn = ({ readonly kind: 'user' } & UserTurn) | ({ readonly kind: 'answer' } & AnswerTurn);

export class TranscriptElement extends ViewElement {
  @property({ attribute: false }) view!: ViewContext;
  @property({ attribute: false }) messages: readonly ThreadMessage[] = [];
  @property({ attribute: false }) pending: readonly PendingMessage[] = [];
  @property({ attribute: false }) isStreaming = false;
  @property({ attribute: false }) streamingId: string | undefined;
  @property({ attribute: false }) hasOlder = false;
  /** Requests that are not messages are not kept for later, so none is offered while there is no connection. */
  @property({ attribute: false }) connected = false;
  /** Where growing text is to be followed. */
  @property({ attribute: false }) live: LiveText | undefined;
  /** Drawn instead of turns while there are none. */
  @property({ attribute: false }) empty: TemplateResult | typeof nothing = nothing;

  @state() private loadingOlder = false;

  readonly #scroll = new ScrollController(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('messages');
    const oldest = before?.[0];
    if (oldest !== undefined && this.messages[0]?.id !== oldest.id) {
      const element = this.#turnElement(oldest.id);
      if (element !== undefined && this.messages.some(({ id }) => id === oldest.id)) {
        this.#scroll.keepInPlace(element);
      }
      this.loadingOlder = false;
    }
    if (!this.hasOlder || !this.connected) this.loadingOlder = false;
  }

  protected override render(): TemplateResult {
    const { translation } = this.view;
    const turns = this.#turns();
    return html`
      <div
        class="scroller"
        part="transcript"
        role="region"
        tabindex="0"
        aria-label=${translation.transcript}
        @scroll=${this.#scroll.onScroll}
      >
        <div class="content">
          ${this.hasOlder ? this.#olderButton() : nothing}
          ${
            turns.length === 0
              ? this.empty
              : html`<ol class="turns" role="list">
                  ${repeat(
                    turns,
                    (turn) => turn.id,
                    (turn) =>
                      turn.kind === 'user' ? userTurn(turn, this.view) : answerTurn(turn, this.view),
                  )}
                </ol>`
          }
        </div>
      </div>
      ${
        this.#scroll.following
          ? nothing
          : html`<button class="jump" type="button" part="jump-button" @click=${this.#jump}>
              ${arrowDownIcon}<span>${translation.jumpToLatest}</span>
            </button>`
      }
    `;
  }

  protected override firstUpdated(): void {
    const scroller = this.querySelector<HTMLElement>('.scroller');
    const content = this.querySelector('.content');
    if (scroller !== null && content !== null) this.#scroll.attach(scroller, content);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // A reader who sends wants to see what comes of it, wherever they were.
    const before = changed.get('pending');
    const sent = this.pending.at(-1);
    if (before !== undefined && sent !== undefined && this.pending.length > before.length)
      this.#scroll.toEnd();
  }

  #turns(): readonly Turn[] {
    const isFree = this.connected && !this.isStreaming && this.pending.length === 0;
    const lastIndex = isFree ? this.messages.length - 1 : -1;
    const turns: Turn[] = this.messages.map((message, index) =>
      message.role === 'user'
        ? {
            kind: 'user',
            id: message.id,
            content: message.content,
            timestamp: message.timestamp,
            pending: undefined,
          }
        : { kind: 'answer', id: message.id, message, live: undefined, canRetry: index === lastIndex },
    );
    if (this.isStreaming && this.live !== undefined) {
      const id = this.streamingId ?? UNNAMED_RUN;
      turns.push({ kind: 'answer', id, message: undefined, live: this.live, canRetry: false });
    }
    for (const pending of this.pending) {
      const { id, content, timestamp } = pending;
      turns.push({ kind: 'user', id, content, timestamp, pending });
    }
    return turns;
  }

  #olderButton(): TemplateResult {
    const { translation } = this.view;
    return html`
      <button
        class="older"
        type="button"
        ?disabled=${this.loadingOlder || !this.connected}
        @click=${this.#loadOlder}
      >
        ${this.loadingOlder ? translation.loadingEarlier : translation.loadEarlier}
      </button>
    `;
  }

  #turnElement(id: string): Element | undefined {
    // Compared rather than selected: an id is the relay's text, not a selector.
    return [...this.querySelectorAll('[data-turn]')].find(
      (element) => element.getAttribute('data-turn') === id,
    );
  }

  readonly #loadOlder = (): void => {
    this.loadingOlder = true;
    this.view.actions.loadOlder();
  };

  readonly #jump = (): void => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#scroll.toEnd(still ? 'instant' : 'smooth');
  };
}
