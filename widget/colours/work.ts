/** When the blocks of all chats of a page are read, tokenised and painted: a little at a time, while nothing else is to do. */
import type { CodeBlock } from './code-block.ts';

/** Between two times that a growing code is coloured. */
const PAUSE_MS = 80;
/** Of all time, one part in so many is for colours while answers are being written. */
const SHARE = 10;
/** The browser may let the work wait so long. */
const WAIT_MAX_MS = 200;
/** Of one turn, where the browser does not say how much time there is. */
const TURN_MS = 8;

export class Work {
  /** All that are on the page. */
  readonly #blocks = new Set<CodeBlock>();
  readonly #changed = new Set<CodeBlock>();
  #isWaiting = false;
  #isLooking = false;
  #notBefore = 0;

  constructor() {
    addEventListener('scroll', this.look, { capture: true, passive: true });
    addEventListener('resize', this.look, { passive: true });
  }

  /** A block is new or has changed. */
  add(block: CodeBlock): void {
    this.#blocks.add(block);
    this.#changed.add(block);
    this.#start();
  }

  remove(block: CodeBlock): void {
    this.#blocks.delete(block);
    this.#changed.delete(block);
    block.clear();
  }

  /** Other lines may be in sight. */
  readonly look = (): void => {
    if (this.#isLooking || this.#blocks.size === 0) return;
    this.#isLooking = true;
    requestAnimationFrame(() => {
      this.#isLooking = false;
      for (const block of this.#blocks) block.show(innerHeight);
    });
  };

  #start(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => whenIdle(this.#turn), Math.max(0, this.#notBefore - performance.now()));
  }

  readonly #turn = (end: number): void => {
    const begun = performance.now();
    const worked = new Set<CodeBlock>();
    for (const block of this.#changed) {
      block.read();
      do {
        block.step();
        worked.add(block);
      } while (block.isDue && performance.now() < end);
      if (block.isDue) break;
      this.#changed.delete(block);
      if (performance.now() >= end) break;
    }
    for (const block of worked) block.show(innerHeight);
    const spent = performance.now() - begun;
    this.#isWaiting = false;
    this.#notBefore = performance.now() + (this.#changed.size > 0 ? 0 : Math.max(PAUSE_MS, SHARE * spent));
    if (this.#changed.size > 0) this.#start();
  };
}

/** `end`: the time at which the turn should be over. */
function whenIdle(turn: (end: number) => void): void {
  if ('requestIdleCallback' in window)
    requestIdleCallback((deadline) => turn(performance.now() + Math.max(1, deadline.timeRemaining())), {
      timeout: WAIT_MAX_MS,
    });
  else setTimeout(() => turn(performance.now() + TURN_MS));
}
