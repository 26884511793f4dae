/**
 * Base of the inner elements. They exist to narrow updates to what changed, and render into the one shadow root of
 * `<ivy-chat>`: parts, labels and styles then need no bridges between roots.
 */
import { LitElement } from 'lit';

export abstract class ViewElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
