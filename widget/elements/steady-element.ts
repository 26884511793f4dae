/**
 * Base of the element that outlives what others do to its nodes. Translators, extensions and pages reach into an open
 * shadow root, and a template whose nodes are gone throws at its next change and at each one after that. Words that
 * change while they are seen are bound to `textContent` for the same reason: where they stood, others may stand now.
 */
import { LitElement } from 'lit';

const DAMAGE = 'ivy-damage';

/** From an inner element to the one whose root it draws into, which prevents its default. */
export function damageEvent(): Event {
  return new Event(DAMAGE, { bubbles: true, cancelable: true });
}

export abstract class SteadyElement extends LitElement {
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.addEventListener(DAMAGE, (event) => {
      event.preventDefault();
      this.#drawAnew();
    });
    return root;
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (cause) {
      // What fails the first time is a mistake of ours.
      if (!this.hasUpdated) throw cause;
      this.#drawAnew();
    }
  }

  #drawAnew(): void {
    const root = this.renderRoot;
    // Styles are in it where a browser cannot adopt sheets.
    for (const node of [...root.childNodes]) if (!(node instanceof HTMLStyleElement)) node.remove();
    const end = document.createComment('');
    root.append(end);
    // Lit goes on from what it left at this node, and begins anew at another.
    this.renderOptions.renderBefore = end;
    this.requestUpdate();
    super.performUpdate();
  }
}
