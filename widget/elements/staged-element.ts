/**
 * Base of the element that is drawn in two stages: first what is wanted at once, and all of it when that has been painted.
 * Whoever waits for `updateComplete` waits for all.
 */
import { adoptStyles, type CSSResult } from 'lit';
import { painted } from '../first-paint.ts';
import { SteadyElement } from './steady-element.ts';

export abstract class StagedElement extends SteadyElement {
  /** In the order in which they win. Those of the first stage are in `styles` as well. */
  protected static readonly wholeStyles: CSSResult[] = [];

  #isWhole = false;
  #whole: Promise<void> | undefined;

  /** All of it is to be drawn, rather than the first stage. */
  protected get isWhole(): boolean {
    return this.#isWhole;
  }

  protected override firstUpdated(): void {
    this.#whole = painted().then(() => {
      this.#isWhole = true;
      this.#adoptAll();
      this.requestUpdate();
    });
  }

  #adoptAll(): void {
    const root = this.shadowRoot;
    if (root === null) return;
    // Old browsers have none, and get them as elements.
    const before = [...('adoptedStyleSheets' in root ? root.adoptedStyleSheets : [])];
    adoptStyles(root, (this.constructor as typeof StagedElement).wholeStyles);
    if (before.length === 0) return;
    // The page may have put some there.
    const own = root.adoptedStyleSheets;
    root.adoptedStyleSheets = [...own, ...before.filter((sheet) => !own.includes(sheet))];
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#whole;
    return super.getUpdateComplete();
  }
}
