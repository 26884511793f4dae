/**
 * Keeps the transcript where its reader is: at the end while new text arrives, or with what they read in its place
 * when they have scrolled away, older messages come in above, or turns are drawn and left out around them. Corrections
 * are made after layout and before paint, so that nothing of this is ever seen as a jump.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { partInPlace, placeOnScreen, ROUNDING_PX, setGap, topOf, type Place } from './place.ts';
import { ReaderIntent } from './reader-intent.ts';
import { TurnHeights } from './turn-heights.ts';
import { EMPTY_WINDOW, turnAt, turnWindow, type TurnWindow } from './turn-window.ts';

/** Closer to the end than this counts as at the end: less than a line, more than rounding at any zoom. */
const END_TOLERANCE_PX = 16;

/** Drawn beyond the screen: what a fast reader reaches before the next frame. New turns are drawn at half of it. */
const MARGIN_MIN_PX = 800;
const MARGIN_SCREENS = 1.5;

/** The turns as far as their place on the screen depends on them. */
export interface TurnSource {
  readonly count: number;
  readonly idAt: (index: number) => string;
  /** How long its text is. */
  readonly charactersAt: (index: number) => number;
}

const endOf = (scroller: HTMLElement): number => scroller.scrollHeight - scroller.clientHeight;

export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #intent: ReaderIntent;
  readonly #scrolled: () => void;
  readonly #heights = new TurnHeights();
  readonly #observer: ResizeObserver | undefined;
  #scroller: HTMLElement | undefined;
  #content: HTMLElement | undefined;
  /** The drawn turns: a live list, in the order of `#window.turns`. */
  #rows: HTMLCollectionOf<Element> | undefined;
  #source: TurnSource = { count: 0, idAt: () => '', charactersAt: () => 0 };
  #window: TurnWindow = EMPTY_WINDOW;
  /** It is not in the page yet. */
  #isNew = false;
  /** The last one that was not enough: it is no better the second time. */
  #tried: TurnWindow | undefined;
  #isStale = true;
  /** Positions in the list are others than before, and so is that of what is read. */
  #isMoved = false;
  /** Px of the gap above the turns on the screen. */
  #gap = 0;
  #following = true;
  #atEnd = true;
  #isGliding = false;
  #isPrinting = false;
  /** The element was moved in its page, which has reset the position. */
  #isReturning = false;
  #lastTop = 0;
  #lastEnd = 0;
  #place: Place | undefined;

  /** `scrolled` is told of each change of position. */
  constructor(host: ReactiveControllerHost, scrolled: () => void) {
    this.#host = host;
    this.#scrolled = scrolled;
    this.#observer =
      typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(() => this.#onResize());
    this.#intent = new ReaderIntent(host, {
      hold: () => this.#set(false, this.#atEnd),
      away: () => this.#leave(),
      back: () => this.#return(),
    });
    host.addController(this);
  }

  /** The reader has left the end, and there is something below what they see. */
  get isAway(): boolean {
    return !this.#following && !this.#atEnd;
  }

  /** The first turn is so near that the reader may soon want those before it. */
  get isNearStart(): boolean {
    const scroller = this.#scroller;
    if (scroller === undefined || scroller.clientHeight === 0 || this.#window.from > 0) return false;
    if (endOf(scroller) <= 0) return true;
    return !this.#following && scroller.scrollTop < scroller.clientHeight;
  }

  /** `scroller` scrolls, `content` is the one child that grows in it and holds all elements of class `turn`. */
  attach(scroller: HTMLElement, content: HTMLElement): void {
    this.#scroller = scroller;
    this.#content = content;
    this.#rows = content.getElementsByClassName('turn');
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#intent.attach(scroller);
    this.#observe();
  }

  hostConnected(): void {
    addEventListener('beforeprint', this.#onPrint);
    addEventListener('afterprint', this.#onPrint);
    this.#isReturning = this.#place !== undefined;
    this.#observe();
  }

  hostDisconnected(): void {
    removeEventListener('beforeprint', this.#onPrint);
    removeEventListener('afterprint', this.#onPrint);
    this.#observer?.disconnect();
  }

  /** The turns are others than before. */
  replaceTurns(source: TurnSource): void {
    this.#source = source;
    this.#isStale = true;
    this.#isMoved = true;
  }

  /** Which turns are to be drawn, asked before each update; `kept`: ids of those that may not be left out. */
  chooseTurns(kept: () => ReadonlySet<string>): TurnWindow {
    this.#catchUp();
    if (!this.#isStale) return this.#window;
    this.#isStale = false;
    this.#isNew = true;
    const { count, idAt } = this.#source;
    if (this.#place !== undefined) this.#place = this.#findAgain(this.#place);
    // Nothing is drawn so far: neither focus nor selection can be in it.
    const ids: ReadonlySet<string> = this.#window.turns.length === 0 ? new Set() : kept();
    // To ask for these makes the browser lay out the page.
    const viewport = count === 0 ? 0 : (this.#scroller?.clientHeight ?? 0);
    if (viewport > 0) this.#heights.inColumn(this.#content?.clientWidth ?? 0);
    this.#window = turnWindow({
      count,
      heightAt: this.#heightAt,
      isKept: (index) => ids.size > 0 && ids.has(idAt(index)),
      anchor: this.#following ? undefined : this.#place,
      viewport,
      margin: this.#margin,
    });
    return this.#window;
  }

  /** To be called when the chosen turns are in the page. */
  turnsDrawn(): void {
    if (this.#isNew) this.#spread();
    // Where there has been nothing, the observer's first report is early enough.
    if ((this.#source.count === 0 && this.#place === undefined) || !this.#isLaidOut()) return;
    const { from, to } = this.#window;
    this.#settle(this.#isNew && !this.#isMoved);
    this.#isNew = false;
    this.#isMoved = false;
    const isSame = this.#tried?.from === from && this.#tried.to === to;
    this.#tried = this.#isCovered() ? undefined : this.#window;
    if (this.#tried !== undefined && !isSame) this.#redraw();
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    const scroller = this.#scroller;
    // There is nothing to be seen on the way to what is not drawn.
    this.#isGliding =
      behavior === 'smooth' && scroller !== undefined && endOf(scroller) - scroller.scrollTop <= this.#margin;
    this.#set(true, this.#atEnd);
    this.#isStale = true;
    // Not `scrollTo`, which Prototype.js and MooTools have replaced on every element.
    scroller?.scroll({ top: scroller.scrollHeight, behavior: this.#isGliding ? 'smooth' : 'instant' });
    this.#host.requestUpdate();
  }

  /** Draws a turn, at the upper edge of the viewport. */
  reveal(index: number): void {
    if (index < 0 || index >= this.#source.count) return;
    this.#place = { id: this.#source.idAt(index), index, top: 0, part: undefined };
    this.#isMoved = true;
    this.#set(false, false);
    this.#redraw();
  }

  get #margin(): number {
    if (this.#isPrinting) return Infinity;
    return Math.max(MARGIN_MIN_PX, (this.#scroller?.clientHeight ?? 0) * MARGIN_SCREENS);
  }

  readonly #heightAt = (index: number): number =>
    this.#heights.of(this.#source.idAt(index), this.#source.charactersAt(index));

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === undefined || this.#isReturning || !this.#isLaidOut()) return;
    const top = scroller.scrollTop;
    const end = endOf(scroller);
    const left = end - top;
    if (left <= ROUNDING_PX) this.#isGliding = false;
    // Any way up is the reader's, however short, or text that comes in would pull against their fingers. Except
    // where the content shrank: that moves them up without their doing.
    if (top < this.#lastTop && end >= this.#lastEnd) {
      if (left > 2 * ROUNDING_PX) this.#set(false, left <= END_TOLERANCE_PX);
    } else if (left <= END_TOLERANCE_PX && !this.#intent.isDragging) {
      if (top !== this.#lastTop || end < this.#lastEnd) this.#set(true, true);
    }
    this.#notice(scroller);
    if (!this.#isCovered()) this.#redraw();
    this.#scrolled();
  };

  /**
   * The event comes a frame after the position has changed, and what is drawn until then would undo the change: of
   * focus that has moved out of sight, or of the page's own script.
   */
  #catchUp(): void {
    const scroller = this.#scroller;
    if (scroller === undefined || this.#window.turns.length === 0 || !this.#isLaidOut()) return;
    const isScrolled = Math.abs(scroller.scrollTop - this.#lastTop) > ROUNDING_PX;
    if (isScrolled && endOf(scroller) >= this.#lastEnd) this.#onScroll();
  }

  readonly #onResize = (): void => {
    if (!this.#isLaidOut()) return;
    this.#catchUp();
    // Neither drawing nor gaps, which would resize what is being reported.
    this.#settle(false);
    if (!this.#isCovered()) requestAnimationFrame(() => this.#redraw());
  };

  /** On paper nothing can be scrolled to. */
  readonly #onPrint = ({ type }: Event): void => {
    this.#isPrinting = type === 'beforeprint';
    this.#redraw();
  };

  /** False while the element is not shown: nothing has a place then, and the last one is still right. */
  #isLaidOut(): boolean {
    return this.#scroller?.isConnected === true && this.#scroller.clientHeight > 0;
  }

  #redraw(): void {
    this.#isStale = true;
    this.#host.requestUpdate();
  }

  #leave(): void {
    const scroller = this.#scroller;
    this.#isGliding = false;
    // Where nothing can move there is nothing to be left, and no way back to it.
    if (scroller !== undefined && scroller.scrollTop > 0) this.#set(false, this.#atEnd);
  }

  #return(): void {
    if (this.#atEnd && !this.#intent.isDragging) this.#set(true, true);
  }

  #observe(): void {
    if (this.#scroller === undefined || this.#content === undefined) return;
    // The first report after `observe` also puts back the position of an element that was moved.
    this.#observer?.observe(this.#scroller);
    this.#observer?.observe(this.#content);
  }

  /** By the same place in the list where it is gone: an original relay names an answer when it is done. */
  #findAgain(place: Place): Place | undefined {
    const { count, idAt } = this.#source;
    for (let index = 0; index < count; index += 1) if (idAt(index) === place.id) return { ...place, index };
    if (place.index < count) return { ...place, id: idAt(place.index), part: undefined };
    this.#set(true, true);
    return undefined;
  }

  /** Makes the gaps of the turns that are left out. */
  #spread(): void {
    this.#window.turns.forEach(({ index, gap }, at) => {
      if (index === this.#window.from) this.#gap = gap;
      setGap(this.#rows?.[at], 'marginBlockStart', gap);
    });
    setGap(this.#rows?.[0]?.parentElement, 'paddingBlockEnd', this.#window.rest);
  }

  #settle(mayTakeUp: boolean): void {
    const scroller = this.#scroller;
    if (scroller === undefined) return;
    this.#measure();
    this.#isReturning = false;
    if (this.#following) {
      if (!this.#isGliding || endOf(scroller) !== this.#lastEnd) scroller.scrollTop = scroller.scrollHeight;
      this.#notice(scroller);
    } else if (this.#place === undefined) this.#notice(scroller);
    else {
      this.#putBack(scroller, this.#place, mayTakeUp);
      this.#remember(scroller);
    }
  }

  #measure(): void {
    this.#heights.inColumn(this.#content?.clientWidth ?? 0);
    for (const row of this.#rows ?? []) {
      const id = row.getAttribute('data-turn');
      if (id !== null) this.#heights.measured(id, row.getBoundingClientRect().height);
    }
  }

  #putBack(scroller: HTMLElement, place: Place, mayTakeUp: boolean): void {
    const kept = partInPlace(place, this.#rows);
    if (kept === undefined) return;
    const moved = topOf(kept.element) - topOf(scroller) - kept.top;
    if (Math.abs(moved) < ROUNDING_PX || (mayTakeUp && this.#takeUp(moved, scroller))) return;
    scroller.scrollTop += moved;
    // There may be too little content for it.
    if (Math.abs(topOf(kept.element) - topOf(scroller) - kept.top) > 1) this.#notice(scroller);
  }

  /**
   * Heights that were guessed wrong go into the gap above, as long as there is one: setting the position takes the
   * momentum out of a reader's swipe.
   */
  #takeUp(moved: number, scroller: HTMLElement): boolean {
    const first = this.#window.turns.findIndex(({ index }) => index === this.#window.from);
    const row = this.#rows?.[first];
    if (row === undefined) return false;
    if (this.#window.from === 0 || this.#gap - moved < scroller.clientHeight) return false;
    this.#gap -= moved;
    setGap(row, 'marginBlockStart', this.#gap);
    return true;
  }

  #notice(scroller: HTMLElement): void {
    this.#remember(scroller);
    const { count } = this.#source;
    const rows = this.#rows;
    if (rows === undefined || count === 0) {
      this.#place = undefined;
      return;
    }
    const edge = topOf(scroller);
    this.#place = placeOnScreen(rows, edge, scroller.clientHeight, (at) => this.#window.turns[at]?.index);
    if (this.#place !== undefined) return;
    // Nothing that is drawn is on the screen: the scrollbar was taken a long way.
    const distance = edge - topOf(rows[0]?.parentElement ?? scroller);
    const found = turnAt(distance, { count, heightAt: this.#heightAt });
    this.#place = {
      id: this.#source.idAt(found.index),
      index: found.index,
      top: found.top - distance,
      part: undefined,
    };
  }

  #isCovered(): boolean {
    const { from, to, turns } = this.#window;
    const scroller = this.#scroller;
    if (scroller === undefined || this.#rows === undefined || to === from) return to >= this.#source.count;
    const first = turns.findIndex(({ index }) => index === from);
    const [upper, lower] = [this.#rows[first], this.#rows[first + to - from - 1]];
    const edge = topOf(scroller);
    const reach = this.#margin / 2;
    if (from > 0 && upper && topOf(upper) > edge - reach) return false;
    const bottom = edge + scroller.clientHeight + reach;
    return to === this.#source.count || !lower || lower.getBoundingClientRect().bottom >= bottom;
  }

  #remember(scroller: HTMLElement): void {
    this.#lastTop = scroller.scrollTop;
    this.#lastEnd = endOf(scroller);
    this.#set(this.#following, this.#lastEnd - this.#lastTop <= END_TOLERANCE_PX);
  }

  #set(following: boolean, atEnd: boolean): void {
    const wasAway = this.isAway;
    this.#following = following;
    this.#atEnd = atEnd;
    if (this.isAway !== wasAway) this.#host.requestUpdate();
  }
}
