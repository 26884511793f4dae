/**
 * What the reader's hands are doing to a scrolling area, told before it has scrolled. Only what a person does counts:
 * content that grows moves the scroll position as well, and means nothing.
 */
import type { ReactiveControllerHost } from 'lit';
import { selectedRange } from './selected-range.ts';
import { whileConnected } from './while-connected.ts';

export interface IntentCallbacks {
  /** What is on the screen is to stay there. */
  hold(): void;
  /** Up. */
  away(): void;
  /** Down, or done with holding. */
  back(): void;
}

export class ReaderIntent {
  readonly #callbacks: IntentCallbacks;
  // Until there is another this is in no page, and nothing happens to it.
  #scroller: HTMLElement = document.createElement('div');
  #touchY: number | undefined;
  #isPressing = false;
  #isSelecting = false;

  constructor(host: ReactiveControllerHost, callbacks: IntentCallbacks) {
    this.#callbacks = callbacks;
    whileConnected(host, (signal) => {
      this.#isPressing = false;
      document.addEventListener('selectionchange', this.#onSelection, { signal });
      addEventListener('pointerup', this.#onRelease, { signal, capture: true });
      addEventListener('pointercancel', this.#onRelease, { signal, capture: true });
    });
  }

  /** A selection is being drawn with the pointer: text that moves would be selected by mistake. */
  get isDragging(): boolean {
    return this.#isPressing && this.#isSelecting;
  }

  attach(scroller: HTMLElement): void {
    this.#scroller = scroller;
    // Passive, or scrolling would wait for them.
    const passive = { passive: true };
    scroller.addEventListener('wheel', this.#onWheel, passive);
    scroller.addEventListener('touchstart', this.#onTouchStart, passive);
    scroller.addEventListener('touchmove', this.#onTouchMove, passive);
    scroller.addEventListener('pointerdown', this.#onPointerDown, passive);
    scroller.addEventListener('keydown', this.#onKeydown, passive);
  }

  #tell(isAway: boolean): void {
    if (isAway) this.#callbacks.away();
    else this.#callbacks.back();
  }

  readonly #onWheel = ({ deltaY, ctrlKey }: WheelEvent): void => {
    if (deltaY !== 0 && !ctrlKey) this.#tell(deltaY < 0);
  };

  readonly #onTouchStart = ({ touches }: TouchEvent): void => {
    this.#touchY = touches[0]?.clientY;
  };

  readonly #onTouchMove = ({ touches }: TouchEvent): void => {
    const y = touches[0]?.clientY;
    if (y !== undefined && this.#touchY !== undefined && y !== this.#touchY) this.#tell(y > this.#touchY);
    this.#touchY = y;
  };

  readonly #onPointerDown = ({ target, clientX }: PointerEvent): void => {
    const scroller = this.#scroller;
    const across = clientX - scroller.getBoundingClientRect().left - scroller.clientLeft;
    const onScrollbar = target === scroller && (across < 0 || across >= scroller.clientWidth);
    // Releasing a scrollbar is told to nobody.
    if (onScrollbar) this.#callbacks.away();
    else this.#isPressing = true;
  };

  readonly #onRelease = (): void => {
    this.#isPressing = false;
  };

  readonly #onKeydown = ({ key, shiftKey }: KeyboardEvent): void => {
    if (['PageUp', 'ArrowUp', 'Home'].includes(key) || (key === ' ' && shiftKey)) this.#tell(true);
    else if (['PageDown', 'ArrowDown', 'End', ' '].includes(key)) this.#tell(false);
  };

  readonly #onSelection = (): void => {
    const scroller = this.#scroller;
    const range = selectedRange(scroller.getRootNode());
    const wasSelecting = this.#isSelecting;
    this.#isSelecting =
      range !== undefined &&
      [range.startContainer, range.endContainer].some((node) => scroller.contains(node));
    if (this.#isSelecting === wasSelecting) return;
    if (this.#isSelecting) this.#callbacks.hold();
    else this.#callbacks.back();
  };
}
