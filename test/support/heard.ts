/** What a screen reader gets to hear of the page: every text that comes into a live region, in order. */

const REGIONS = '[data-ivy-chat]';

export interface Utterance {
  readonly urgency: string | null;
  readonly text: string;
  readonly lang: string;
}

export class Heard {
  readonly all: Utterance[] = [];
  readonly #observer = new MutationObserver((records) => this.#take(records));
  #waiting: (() => void)[] = [];

  /** Listens to `root` and to what is below it, without shadow roots. */
  constructor(root: Node = document.documentElement) {
    this.#observer.observe(root, { childList: true, subtree: true, characterData: true });
  }

  get texts(): string[] {
    return this.all.map(({ text }) => text);
  }

  /** Until so many texts have been heard in all. */
  async until(count: number): Promise<string[]> {
    while (this.all.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.texts;
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #take(records: readonly MutationRecord[]): void {
    for (const { target, addedNodes, type } of records) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest(REGIONS);
      if (!region) continue;
      const added = type === 'characterData' ? [target] : [...addedNodes];
      for (const node of added) {
        const lang = node instanceof HTMLElement ? node.lang : '';
        this.all.push({ urgency: region.getAttribute('aria-live'), text: node.textContent ?? '', lang });
      }
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

export function liveRegions(root: ParentNode = document): readonly Element[] {
  return [...root.querySelectorAll(REGIONS)];
}
