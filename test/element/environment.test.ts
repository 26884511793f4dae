/**
 * Proves the environment the element tests run in: Lit's properties, shadow DOM, `#protocol` and a sane locale in a real
 * browser. If this fails, so does every other element test, and this one says why.
 */
import { expect } from 'chai';
import { fixture, html } from '@open-wc/testing-helpers';
import { css, html as template, LitElement } from 'lit';
import { decodeServerFrame } from '#protocol';

class EnvironmentProbe extends LitElement {
  static override styles = css`
    output {
      display: block;
      width: 123px;
    }
  `;

  static override properties = { count: { type: Number } };

  count = 1;

  override render() {
    return template`<output>${this.count}</output>`;
  }
}

customElements.define('environment-probe', EnvironmentProbe);

const outputOf = (probe: EnvironmentProbe) => probe.renderRoot.querySelector('output');

describe('the test environment', () => {
  it('renders an element into its shadow root, with its styles', async () => {
    const probe = await fixture<EnvironmentProbe>(html`<environment-probe></environment-probe>`);

    expect(probe.shadowRoot).to.equal(probe.renderRoot);
    expect(outputOf(probe)?.textContent).to.equal('1');
    expect(outputOf(probe)?.getBoundingClientRect().width).to.equal(123);
  });

  it('renders again when a reactive property is set', async () => {
    const probe = await fixture<EnvironmentProbe>(html`<environment-probe></environment-probe>`);

    probe.count = 2;
    await probe.updateComplete;

    expect(outputOf(probe)?.textContent).to.equal('2');
  });

  it('turns an attribute into a property', async () => {
    const probe = await fixture<EnvironmentProbe>(html`<environment-probe count="3"></environment-probe>`);

    expect(probe.count).to.equal(3);
  });

  it('resolves #protocol', () => {
    const decoded = decodeServerFrame('{"type":"pong"}');

    expect(decoded.ok).to.equal(true);
  });

  it('has a language Intl knows, and the same time zone everywhere', () => {
    expect(navigator.language).to.equal('en-US');
    expect(new Intl.DateTimeFormat(navigator.language).resolvedOptions().timeZone).to.equal('UTC');
  });
});
