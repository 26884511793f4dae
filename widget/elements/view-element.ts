/**
 * Base of the inner elements. They exist to narrow updates to what changed, and render into the one shadow root of
 * `<ivy-chat>`: parts, labels and styles then need no bridges between roots.
 */
import { LitElement, type PropertyDeclaration } from 'lit';
import { damageEvent } from './steady-element.ts';

/** A property that comes from the element around it, and from no attribute. */
export const INNER: PropertyDeclaration = { attribute: false };

export abstract class ViewElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** What is drawn together is drawn anew together; one that was taken out is drawn for nobody. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (cause) {
      if (!this.hasUpdated || (this.isConnected && this.dispatchEvent(damageEvent()))) throw cause;
    }
  }
}
