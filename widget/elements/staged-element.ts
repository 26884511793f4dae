/**
 * Base of the element that is drawn in two stages: first what is wanted at once, and all of it when that has been painted.
 * Whoever waits for `updateComplete` waits for all.
 */
import { painted } from '../first-paint.ts';
import { SteadyElement } from './steady-element.ts';

export abstract class StagedElement extends SteadyElement {
  #isWhole = false;
  #whole: Promise<void> | undefined;

  /** All of it is to be drawn, rather than the first stage. */
  protected get isWhole(): boolean {
    return this.#isWhole;
  }

  protected override firstUpdated(): void {
    this.#whole = painted().then(() => {
      this.#isWhole = true;
      this.requestUpdate();
    });
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#whole;
    return super.getUpdateComplete();
  }
}
