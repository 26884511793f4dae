/** What a model could be talked into writing (rules X1 to X5): every prefix of it, in a page that would notice. */
import { expect } from 'chai';
import { en } from '../../../widget/i18n/en.ts';
import { MarkdownView } from '../../../widget/markdown/markdown-view.ts';
import { LISTS, watchPage } from '../../rendering/oracle.ts';
import { PAYLOADS } from '../../rendering/payloads.ts';

/** Of the few long ones not each, but as many. */
const PREFIXES_MAX = 300;

const makeView = (container: Element): MarkdownView => new MarkdownView(container, en, () => undefined);

function makeContainer(root: Element): Element {
  const container = root.appendChild(document.createElement('div'));
  // Where nothing is but what the list of answers allows.
  container.className = 'markdown';
  return container;
}

describe('hostile text', () => {
  before(() => watchPage(LISTS));

  it('[X2, X3, X5] makes nothing but what the list allows, at any prefix', () => {
    const root = document.body.appendChild(document.createElement('div'));
    for (const payload of PAYLOADS) {
      const container = makeContainer(root);
      const view = makeView(container);
      const step = Math.ceil(payload.length / PREFIXES_MAX);
      for (let end = 1; end <= payload.length; end += step) {
        view.update(payload.slice(0, end));
        window.watched.check(root);
        if (window.watched.found.length > 0)
          expect.fail(`${payload.slice(0, end)}: ${window.watched.found.join()}`);
      }
      view.finish(payload);
      window.watched.check(root);
      expect(window.watched.found, payload).to.deep.equal([]);
      root.replaceChildren();
    }
    root.remove();
    expect(window.watched.elements).to.be.greaterThan(10_000);
  });

  it('[X4] asks the network for nothing', async () => {
    // A policy reports each attempt, in every engine; not all engines list requests that failed.
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "default-src 'self' 'unsafe-inline'";
    document.head.append(policy);
    const root = document.body.appendChild(document.createElement('div'));
    const sentinel = 'https://sentinel.invalid';
    const attempts: string[] = [];
    const reported = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        attempts.push(blockedURI);
        if (blockedURI.startsWith(sentinel)) resolve();
      });
    });
    for (const payload of PAYLOADS) makeView(root.appendChild(document.createElement('div'))).finish(payload);
    // One that is made shows when the others would be known, and that they would be seen.
    root.appendChild(document.createElement('img')).src = `${sentinel}/picture.png`;
    await reported;
    root.remove();
    expect(attempts.filter((address) => !address.startsWith(sentinel))).to.deep.equal([]);
  });

  it('[X1] works where the page forbids every HTML sink', () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "require-trusted-types-for 'script'";
    document.head.append(policy);
    const reports: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));
    for (const payload of PAYLOADS)
      makeView(document.createElement('div')).finish(`${payload} &amp; &AElig;`);
    expect(reports).to.deep.equal([]);
  });
});
