/** Every name of HTML, decoded by the browser itself where the page requires Trusted Types (rule X1). */
import { expect } from 'chai';
import { characterEntities } from 'character-entities';
import { en } from '../../../widget/i18n/en.ts';
import { decodeReference } from '../../../widget/markdown/character-references.ts';
import { MarkdownView } from '../../../widget/markdown/markdown-view.ts';

const NAMES = Object.entries(characterEntities);

function shown(text: string): string {
  const container = document.createElement('div');
  new MarkdownView(container, en, () => undefined).finish(text);
  return container.textContent;
}

describe('character references', () => {
  const reports: string[] = [];

  before(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "require-trusted-types-for 'script'";
    document.head.append(policy);
    document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));
  });

  afterEach(() => expect(reports).to.deep.equal([]));

  it('[X1] stand for what HTML says, each of its names', () => {
    expect(NAMES).to.have.length(2_125);
    const wrong = NAMES.filter(([name, text]) => decodeReference(`&${name};`) !== text);
    expect(wrong).to.deep.equal([]);
  });

  it('stay as they were written where HTML has no such name, and none that it lets go without a semicolon', () => {
    const others = NAMES.flatMap(([name]) => [`&${name}0;`, `&x${name};`, `&${name.toLowerCase()};`]).filter(
      (reference) => !Object.hasOwn(characterEntities, reference.slice(1, -1)),
    );
    expect(others).to.have.length.above(4_000);
    expect(others.filter((reference) => decodeReference(reference) !== reference)).to.deep.equal([]);
  });

  it('[X1] are one reference at a time, and no markup', () => {
    const markup = [
      '<b>',
      '&lt;b&gt;',
      '&amp;&amp;',
      '&amp',
      'amp;',
      '&;',
      '&#;',
      '&#x;',
      '&#12345678;',
      '&#x1234567;',
      '&a<b>;',
      '&amp;<b>',
      '\n&amp;',
      '&amp;\n',
      `&${'a'.repeat(33)};`,
    ];
    expect(markup.filter((text) => decodeReference(text) !== text)).to.deep.equal([]);
  });

  it('may be numbers, of which those that are no character have a sign of their own', () => {
    expect(
      ['&#35;', '&#x1F600;', '&#X41;', '&#0;', '&#xD800;', '&#9999999;', '&#xFFFFFF;'].map(decodeReference),
    ).to.deep.equal(['#', '\u{1f600}', 'A', '\ufffd', '\ufffd', '\ufffd', '\ufffd']);
  });

  it('are read wherever an answer has them', () => {
    expect(shown('&lt;b&gt; &star; &nosuchname; `&lt;` &CounterClockwiseContourIntegral;')).to.equal(
      '<b> \u2606 &nosuchname; &lt; \u2233',
    );
    expect(shown('[a](https://a.example/&eacute; "&quot;")\n\n```c&plus;&plus;\n```')).to.equal('ac++Copy');
  });
});
