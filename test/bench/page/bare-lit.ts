/** The least that a chat made with Lit can be: an element with a field. */
import { css, html, LitElement, type TemplateResult } from 'lit';

class BareLit extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }
  `;

  protected override render(): TemplateResult {
    return html`<form><textarea rows="1" aria-label="Message"></textarea><button>Send</button></form>`;
  }
}

customElements.define('bare-lit', BareLit);
