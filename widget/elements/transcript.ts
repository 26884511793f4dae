/**
 * The conversation as a list that scrolls. Draws what the snapshot holds, keyed by message, so that one turn can
 * change while the others stay untouched; growing text is drawn by its own element and does not come through here.
 * Of a long conversation only the turns near the reader are in the page.
 *
 * Keys: Enter goes from the list to the newest turn; Up, Down, Home and End go from turn to turn, Tab to what can be
 * pressed in one, Escape back to the composer.
 */
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ThreadMessage } from '#protocol';
import { DayController } from '../controllers/day-controller.ts';
import { ScrollController } from '../controllers/scroll-controller.ts';
import { EMPTY_WINDOW } from '../controllers/turn-window.ts';
import type { PendingMessage } from '../state/chat-snapshot.ts';
import type { AnswerElement } from './answer.ts';
import { answerTurn } from './answer-turn.ts';
import { jumpButton } from './jump-button.ts';
import { TurnList } from './turn-list.ts';
import { stepOf } from './turn-steps.ts';
import { drawRows, type TurnRow } from './turn-rows.ts';
import { turnElement, turnsInUse } from './turns-in-use.ts';
import { userTurn } from './user-turn.ts';
import type { LiveText, ViewContext } from './view-context.ts';
import { INNER, ViewElement } from './view-element.ts';

/** An original relay names an answer only when it is done. */
const UNNAMED_RUN = 'run';

export class TranscriptElement extends ViewElement {
  static override readonly properties: PropertyDeclarations = {
    view: INNER,
    messages: INNER,
    pending: INNER,
    isStreaming: INNER,
    streamingId: INNER,
    hasOlder: INNER,
    connected: INNER,
    canWrite: INNER,
    live: INNER,
    empty: INNER,
    loadingOlder: INNER,
  };

  view!: ViewContext;
  messages: readonly ThreadMessage[] = [];
  pending: readonly PendingMessage[] = [];
  isStreaming = false;
  streamingId: string | undefined;
  hasOlder = false;
  /** Requests that are not messages are not kept for later, so none is offered while there is no connection. */
  connected = false;
  /** Nor to a spectator. */
  canWrite = true;
  /** Where growing text is to be followed. */
  live: LiveText | undefined;
  /** Drawn instead of turns while there are none. */
  empty: TemplateResult | typeof nothing = nothing;

  private loadingOlder = false;

  #turns = new TurnList([], undefined, []);
  readonly #scroll = new ScrollController(this, this.#turns, () => this.#loadWhenNear());
  #window = EMPTY_WINDOW;
  /** The newest message that there was when the reader left the end. */
  #lastSeen: string | undefined;

  private get scroller(): HTMLElement | null {
    return this.querySelector('.scroller');
  }

  constructor() {
    super();
    new DayController(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const oldest = changed.get('messages')?.[0];
    if (oldest !== undefined && this.messages[0]?.id !== oldest.id) this.loadingOlder = false;
    if (!this.hasOlder || !this.connected) this.loadingOlder = false;
    const lists = ['messages', 'pending', 'isStreaming', 'streamingId', 'live'] as const;
    if (lists.some((name) => changed.has(name))) {
      const { live } = this;
      const run = this.isStreaming && live ? { id: this.streamingId ?? UNNAMED_RUN, live } : undefined;
      this.#turns = new TurnList(this.messages, run, this.pending);
      this.#scroll.replaceTurns(this.#turns);
    }
    this.#window = this.#scroll.chooseTurns(() => turnsInUse(this));
    if (!this.#scroll.isAway) this.#lastSeen = this.messages.at(-1)?.id;
    this.#keepFocus();
  }

  protected override render(): TemplateResult {
    const { translation } = this.view;
    return html`
      <div
        class="scroller"
        part="transcript"
        role="region"
        tabindex="0"
        aria-label=${translation.transcript}
        aria-describedby="transcript-keys"
        @keydown=${this.#onKeydown}
      >
        <div class="content">
          ${this.hasOlder ? this.#olderButton() : nothing}
          ${this.#turns.count === 0 ? this.empty : html`<ol class="turns" role="list"></ol>`}
        </div>
      </div>
      <div hidden id="transcript-keys">${translation.transcriptKeys}</div>
      ${
        this.#scroll.isAway
          ? jumpButton({ finished: this.#newTurns(), isStreaming: this.isStreaming }, this.view, this.#jump)
          : nothing
      }
    `;
  }

  protected override firstUpdated(): void {
    const content = this.querySelector<HTMLElement>('.content');
    if (this.scroller !== null && content !== null) this.#scroll.attach(this.scroller, content);
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const list = this.querySelector('.turns');
    const now = Date.now();
    if (list !== null)
      drawRows(
        list,
        this.#window.turns.flatMap(({ index }) => this.#turn(index, now)),
      );
  }

  protected override updated(changed: PropertyValues<this>): void {
    for (const answer of this.querySelectorAll<AnswerElement>('ivy-chat-answer')) answer.drawNow();
    this.#scroll.turnsDrawn();
    // A reader who sends wants to see what comes of it, wherever they were.
    const before = changed.get('pending');
    const sent = this.pending.at(-1);
    if (before !== undefined && sent !== undefined && this.pending.length > before.length)
      this.#scroll.toEnd();
    this.#loadWhenNear();
  }

  #turn(index: number, now: number): TurnRow | [] {
    const entry = this.#turns.at(index);
    if (entry === undefined) return [];
    const { id } = entry;
    const time = this.#turns.timeAt(index, now) ?? now;
    const day = this.view.time.heading(time, this.#turns.timeAt(index - 1, now), now);
    if ('live' in entry)
      return answerTurn({ id, message: undefined, live: entry.live, day, canRetry: false }, this.view);
    if ('role' in entry && entry.role === 'assistant') {
      const isFree = this.connected && this.canWrite && !this.isStreaming && this.pending.length === 0;
      const canRetry = isFree && index === this.messages.length - 1;
      return answerTurn({ id, message: entry, live: undefined, day, canRetry }, this.view);
    }
    const { content, timestamp } = entry;
    const pending = 'role' in entry ? undefined : entry;
    const isWaiting = !this.connected || this.isStreaming;
    return userTurn({ id, content, timestamp, day, pending, isWaiting }, this.view);
  }

  #olderButton(): TemplateResult {
    const { translation } = this.view;
    const isClosed = this.loadingOlder || !this.connected;
    // Not `disabled`: that would take the focus from somebody who has just pressed it.
    return html`
      <button class="older" type="button" aria-disabled=${String(isClosed)} @click=${this.#loadOlder}>
        ${this.loadingOlder ? translation.loadingEarlier : translation.loadEarlier}
      </button>
    `;
  }

  /** A button that goes with the reason for it leaves the focus to the list. */
  #keepFocus(): void {
    const root = this.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    const isGoing =
      (focused?.matches('.jump') === true && !this.#scroll.isAway) ||
      (focused?.matches('.older') === true && !this.hasOlder);
    if (isGoing) this.scroller?.focus({ preventScroll: true });
  }

  #newTurns(): number {
    const seen = this.messages.findLastIndex(({ id }) => id === this.#lastSeen);
    return this.#lastSeen === undefined || seen >= 0 ? this.messages.length - 1 - seen : 0;
  }

  readonly #loadOlder = (): void => {
    if (!this.hasOlder || !this.connected || this.loadingOlder) return;
    this.loadingOlder = true;
    this.view.actions.loadOlder();
  };

  #loadWhenNear(): void {
    if (this.hasOlder && this.#scroll.isNearStart) this.#loadOlder();
  }

  readonly #jump = (): void => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#scroll.toEnd(still ? 'instant' : 'smooth');
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const step = stepOf(event, this.#turns);
    if (step === undefined) return;
    event.preventDefault();
    if (step === 'composer') hostOf(this)?.focus();
    else void this.#focusTurn(step);
  };

  async #focusTurn(index: number): Promise<void> {
    const id = this.#turns.idAt(index);
    if (turnElement(this, id) === undefined) {
      this.#scroll.reveal(index);
      await this.updateComplete;
    }
    const turn = turnElement(this, id);
    turn?.focus({ preventScroll: true });
    turn?.scrollIntoView({ block: 'nearest' });
  }
}

/** `<ivy-chat>`, which puts the caret in its composer when it is given focus. */
function hostOf(element: Element): HTMLElement | undefined {
  const root = element.getRootNode();
  return root instanceof ShadowRoot && root.host instanceof HTMLElement ? root.host : undefined;
}
