/**
 * Keeps the transcript where its reader is: at the end while new text arrives, or in place when they have scrolled
 * away or when older messages come in above. Corrections are made in a ResizeObserver callback, that is after layout
 * and before paint, so that neither kind of growth is ever seen as a jump.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Closer to the end than this counts as at the end: less than a line, more than rounding at any zoom. */
const END_TOLERANCE_PX = 16;

/** Scroll positions are fractions, heights are whole: the end can be missed by this much. */
const ROUNDING_PX = 1;

const endOf = (scroller: HTMLElement): number => scroller.scrollHeight - scroller.clientHeight;

interface Place {
  readonly element: Element;
  readonly top: number;
}

export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #observer: ResizeObserver | undefined;
  #scroller: HTMLElement | undefined;
  #content: Element | undefined;
  #following = true;
  #lastTop = 0;
  #lastEnd = 0;
  #place: Place | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#observer =
      typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(() => this.#settle());
    host.addController(this);
  }

  /** False once the reader has scrolled away from the end. */
  get following(): boolean {
    return this.#following;
  }

  /** `scroller` scrolls, `content` is the one child that grows in it. */
  attach(scroller: HTMLElement, content: Element): void {
    this.#scroller = scroller;
    this.#content = content;
    this.#observe();
  }

  hostConnected(): void {
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  toEnd(behavior: ScrollBehavior = 'instant'): void {
    this.#place = undefined;
    this.#follow(true);
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  /** Called before something is put in above `element`, which is to stay where it is on the screen. */
  keepInPlace(element: Element): void {
    this.#place = { element, top: element.getBoundingClientRect().top };
  }

  readonly onScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === undefined) return;
    const top = scroller.scrollTop;
    const end = endOf(scroller);
    if (end - top <= ROUNDING_PX) this.#follow(true);
    // Any way up is the reader's, however short, or text that comes in would pull against their fingers. Except
    // where the content shrank: that moves them up without their doing.
    else if (top < this.#lastTop && end >= this.#lastEnd) this.#follow(false);
    else if (end - top <= END_TOLERANCE_PX) this.#follow(true);
    this.#remember(scroller);
  };

  #observe(): void {
    if (this.#scroller === undefined || this.#content === undefined) return;
    // The first report after `observe` also puts back the position that moving the element in its page has reset.
    this.#observer?.observe(this.#scroller);
    this.#observer?.observe(this.#content);
  }

  #settle(): void {
    const scroller = this.#scroller;
    if (scroller?.isConnected !== true) return;
    const place = this.#place;
    this.#place = undefined;
    if (place?.element.isConnected === true) {
      scroller.scrollTop += place.element.getBoundingClientRect().top - place.top;
      this.#follow(endOf(scroller) - scroller.scrollTop <= END_TOLERANCE_PX);
    } else if (this.#following) scroller.scrollTop = scroller.scrollHeight;
    else if (scroller.scrollTop === 0 && this.#lastTop > 0) scroller.scrollTop = this.#lastTop;
    this.#remember(scroller);
  }

  #remember(scroller: HTMLElement): void {
    this.#lastTop = scroller.scrollTop;
    this.#lastEnd = endOf(scroller);
  }

  #follow(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    this.#host.requestUpdate();
  }
}
