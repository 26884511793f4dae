/**
 * Keeps the transcript where its reader is: at the end while new text arrives, or with what they read in its place
 * when they have scrolled away, older messages come in above, or turns are drawn and left out around them. Corrections
 * are made after layout and before paint, so that nothing of this is ever seen as a jump.
 */
import type { ReactiveControllerHost } from 'lit';
import { partInPlace, placeOnScreen, ROUNDING_PX, setGap, topOf, type Place } from './place.ts';
import { ReaderIntent } from './reader-intent.ts';
import { TurnHeights } from './turn-heights.ts';
import { EMPTY_WINDOW, nearby, turnWindow, type Surroundings, type TurnWindow } from './turn-window.ts';
import { whileConnected } from './while-connected.ts';

/** Closer to the end than this counts as at the end: less than a line, more than rounding at any zoom. */
const END_TOLERANCE_PX = 16;

/** Drawn beyond the screen: what a fast reader reaches before the next frame. New turns are drawn at half of it. */
const MARGIN_MIN_PX = 800;
const MARGIN_SCREENS = 1.5;

/** The turns as far as their place on the screen depends on them. */
export interface TurnSource {
  readonly count: number;
  readonly idAt: (index: number) => string;
  /** -1 where there is none of this id. */
  readonly indexOf: (id: string) => number;
  /** How long its text is. */
  readonly charactersAt: (index: number) => number;
}

const endOf = (scroller: HTMLElement): number => scroller.scrollHeight - scroller.clientHeight;

export class ScrollController {
  readonly #host: ReactiveControllerHost;
  readonly #intent: ReaderIntent;
  readonly #scrolled: () => void;
  readonly #heights = new TurnHeights();
  readonly #observer: ResizeObserver | undefined;
  // Until there are others these are in no page, and so nothing has a place in them.
  #scroller: HTMLElement = document.createElement('div');
  #content = this.#scroller;
  /** The drawn turns: a live list, in the order of `#window.turns`. */
  #rows = this.#content.getElementsByClassName('turn');
  #source: TurnSource;
  #window: TurnWindow = EMPTY_WINDOW;
  /** It is not in the page yet. */
  #isNew = false;
  #isStale = true;
  /** Px of the gap above the turns on the screen. */
  #gap = 0;
  #following = true;
  #atEnd = true;
  /** As it was told last. */
  #wasAway = false;
  #isGliding = false;
  #isPrinting = false;
  /** The element was moved in its page, which has reset the position. */
  #isReturning = false;
  #lastTop = 0;
  #lastEnd = 0;
  #place: Place | undefined;

  /** `scrolled` is told of each change of position. */
  constructor(host: ReactiveControllerHost, source: TurnSource, scrolled: () => void) {
    this.#host = host;
    this.#source = source;
    this.#scrolled = scrolled;
    this.#observer =
      typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(() => this.#onResize());
    this.#intent = new ReaderIntent(host, {
      hold: () => this.#follow(false),
      away: () => this.#leave(),
      back: () => this.#return(),
    });
    whileConnected(host, (signal) => {
      addEventListener('beforeprint', this.#onPrint, { signal });
      addEventListener('afterprint', this.#onPrint, { signal });
      signal.onabort = () => this.#observer?.disconnect();
      this.#isReturning = this.#place !== undefined;
      this.#observe();
    });
  }

  /** The reader has left the end, and there is something below what they see. */
  get isAway(): boolean {
    return !this.#following && !this.#atEnd;
  }

  /** The first turn is so near that the reader may soon want those before it. */
  get isNearStart(): boolean {
    const scroller = this.#scroller;
    if (scroller.clientHeight === 0 || this.#window.from > 0) return false;
    return endOf(scroller) <= 0 || (!this.#following && scroller.scrollTop < scroller.clientHeight);
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

  /** The turns are others than before. */
  replaceTurns(source: TurnSource): void {
    this.#source = source;
    this.#isStale = true;
  }

  /** Which turns are to be drawn, asked before each update; `kept`: ids of those that may not be left out. */
  chooseTurns(kept: () => ReadonlySet<string>): TurnWindow {
    this.#catchUp();
    if (!this.#isStale) return this.#window;
    this.#isStale = false;
    this.#isNew = true;
    if (this.#place !== undefined) this.#place = this.#findAgain(this.#place);
    // Nothing is drawn so far: neither focus nor selection can be in it.
    const ids: ReadonlySet<string> = this.#window.turns.length === 0 ? new Set() : kept();
    const around = this.#around();
    if (around.viewport > 0) this.#heights.inColumn(this.#content.clientWidth);
    this.#window = turnWindow({
      ...around,
      isKept: (index) => ids.size > 0 && ids.has(this.#source.idAt(index)),
    });
    return this.#window;
  }

  /** To be called when the chosen turns are in the page. */
  turnsDrawn(): void {
    if (this.#isNew) this.#spread();
    // Where there has been nothing, the observer's first report is early enough.
    if ((this.#source.count === 0 && this.#place === undefined) || !this.#isLaidOut()) return;
    this.#settle(this.#isNew);
    this.#isNew = false;
    if (!this.#isCovered()) this.#redraw();
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    const scroller = this.#scroller;
    // There is nothing to be seen on the way to what is not drawn.
    this.#isGliding = behavior === 'smooth' && endOf(scroller) - scroller.scrollTop <= this.#around().margin;
    this.#follow(true);
    this.#isStale = true;
    // Not `scrollTo`, which Prototype.js and MooTools have replaced on every element.
    scroller.scroll({ top: scroller.scrollHeight, behavior: this.#isGliding ? 'smooth' : 'instant' });
    this.#host.requestUpdate();
  }

  /** Draws a turn, at the upper edge of the viewport. */
  reveal(index: number): void {
    if (index < 0 || index >= this.#source.count) return;
    this.#place = { id: this.#source.idAt(index), index, top: 0, part: undefined };
    this.#atEnd = false;
    this.#follow(false);
    this.#redraw();
  }

  /** What is to be seen, and what lies around it. To ask for it makes the browser lay out the page. */
  #around(share = 1): Surroundings {
    const { count } = this.#source;
    const viewport = count === 0 ? 0 : this.#scroller.clientHeight;
    return {
      count,
      heightAt: this.#heightAt,
      anchor: this.#following ? undefined : this.#place,
      viewport,
      margin: this.#isPrinting ? Infinity : share * Math.max(MARGIN_MIN_PX, viewport * MARGIN_SCREENS),
    };
  }

  readonly #heightAt = (index: number): number =>
    this.#heights.of(this.#source.idAt(index), this.#source.charactersAt(index));

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (this.#isReturning || !this.#isLaidOut()) return;
    const top = scroller.scrollTop;
    const end = endOf(scroller);
    const left = end - top;
    if (left <= ROUNDING_PX) this.#isGliding = false;
    // Any way up is the reader's, however short, or text that comes in would pull against their fingers. Except
    // where the content shrank: that moves them up without their doing.
    if (top < this.#lastTop && end >= this.#lastEnd) {
      if (left > 2 * ROUNDING_PX) this.#following = false;
    } else if (left <= END_TOLERANCE_PX && !this.#intent.isDragging) {
      if (top !== this.#lastTop || end < this.#lastEnd) this.#following = true;
    }
    this.#notice();
    if (!this.#isCovered()) this.#redraw();
    this.#scrolled();
  };

  /**
   * The event comes a frame after the position has changed, and what is drawn until then would undo the change: of
   * focus that has moved out of sight, or of the page's own script.
   */
  #catchUp(): void {
    const scroller = this.#scroller;
    if (this.#window.turns.length === 0 || !this.#isLaidOut()) return;
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
    return this.#scroller.isConnected && this.#scroller.clientHeight > 0;
  }

  #redraw(): void {
    this.#isStale = true;
    this.#host.requestUpdate();
  }

  #leave(): void {
    this.#isGliding = false;
    // Where nothing can move there is nothing to be left, and no way back to it.
    if (this.#scroller.scrollTop > 0) this.#follow(false);
  }

  #return(): void {
    if (this.#atEnd && !this.#intent.isDragging) this.#follow(true);
  }

  #observe(): void {
    // The first report after `observe` also puts back the position of an element that was moved.
    this.#observer?.observe(this.#scroller);
    this.#observer?.observe(this.#content);
  }

  /** By the same place in the list where it is gone: an original relay names an answer when it is done. */
  #findAgain(place: Place): Place | undefined {
    const { count, idAt, indexOf } = this.#source;
    const index = indexOf(place.id);
    if (index >= 0) return { ...place, index };
    if (place.index < count) return { ...place, id: idAt(place.index), part: undefined };
    this.#atEnd = true;
    this.#follow(true);
    return undefined;
  }

  /** Makes the gaps of the turns that are left out. */
  #spread(): void {
    this.#window.turns.forEach(({ index, gap }, at) => {
      if (index === this.#window.from) this.#gap = gap;
      setGap(this.#rows[at], 'marginBlockStart', gap);
    });
    setGap(this.#rows[0]?.parentElement, 'paddingBlockEnd', this.#window.rest);
  }

  #settle(mayTakeUp: boolean): void {
    const scroller = this.#scroller;
    this.#measure();
    this.#isReturning = false;
    if (!this.#following && this.#place !== undefined) this.#putBack(this.#place, mayTakeUp);
    else {
      if (this.#following && !(this.#isGliding && endOf(scroller) === this.#lastEnd))
        scroller.scrollTop = scroller.scrollHeight;
      this.#notice();
    }
  }

  #measure(): void {
    this.#heights.inColumn(this.#content.clientWidth);
    for (const row of this.#rows) {
      const id = row.getAttribute('data-turn');
      if (id !== null) this.#heights.measured(id, row.getBoundingClientRect().height);
    }
  }

  #putBack(place: Place, mayTakeUp: boolean): void {
    const scroller = this.#scroller;
    const kept = partInPlace(place, this.#rows);
    const moved = (): number => (kept === undefined ? NaN : topOf(kept.element) - topOf(scroller) - kept.top);
    const by = moved();
    if (Math.abs(by) >= ROUNDING_PX && !(mayTakeUp && this.#takeUp(by))) scroller.scrollTop += by;
    // There may be too little content for it, or it is not drawn.
    if (Math.abs(moved()) <= 1) this.#remember();
    else this.#notice();
  }

  /**
   * Heights that were guessed a little wrong go into the gap above, as long as there is one: setting the position takes the
   * momentum out of a reader's swipe.
   */
  #takeUp(moved: number): boolean {
    const { from, turns } = this.#window;
    const screen = this.#scroller.clientHeight;
    if (Math.abs(moved) > screen || this.#gap - moved <= screen) return false;
    this.#gap -= moved;
    setGap(this.#rows[turns.findIndex(({ index }) => index === from)], 'marginBlockStart', this.#gap);
    return true;
  }

  #notice(): void {
    this.#remember();
    const scroller = this.#scroller;
    const rows = this.#rows;
    const edge = topOf(scroller);
    this.#place = placeOnScreen(rows, edge, scroller.clientHeight, (at) => this.#window.turns[at]?.index);
    if (this.#place !== undefined || this.#source.count === 0) return;
    // Nothing that is drawn is on the screen: the scrollbar was taken a long way.
    const top = topOf(rows[0]?.parentElement ?? scroller) - edge;
    this.#place = { id: this.#source.idAt(0), index: 0, top, part: undefined };
  }

  /** By the heights of those that are drawn, which are measured. */
  #isCovered(): boolean {
    const { from, to } = nearby(this.#around(0.5));
    return from >= this.#window.from && to <= this.#window.to;
  }

  #remember(): void {
    this.#lastTop = this.#scroller.scrollTop;
    this.#lastEnd = endOf(this.#scroller);
    this.#atEnd = this.#lastEnd - this.#lastTop <= END_TOLERANCE_PX;
    this.#follow(this.#following);
  }

  #follow(following: boolean): void {
    this.#following = following;
    if (this.isAway === this.#wasAway) return;
    this.#wasAway = this.isAway;
    this.#host.requestUpdate();
  }
}
