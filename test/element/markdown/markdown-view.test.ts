import { expect } from 'chai';
import { markdownStyles } from '../../../widget/styles/markdown.styles.ts';
import { en } from '../../../widget/i18n/en.ts';
import { MarkdownView, type OnCopy } from '../../../widget/markdown/markdown-view.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { randomMarkdown, randomPrefixes } from '../../widget/markdown/seeded-markdown.ts';

const CODE = '`'.repeat(3);

function makeView(onCopy: OnCopy = () => undefined, labels = en): { view: MarkdownView; root: HTMLElement } {
  const root = document.createElement('div');
  return { view: new MarkdownView(root, labels, onCopy), root };
}

function finished(text: string): HTMLElement {
  const { view, root } = makeView();
  view.finish(text);
  return root;
}

function find(root: Element, selector: string): Element {
  const found = root.querySelector(selector);
  if (found === null) throw new Error(`no ${selector} in ${root.textContent}`);
  return found;
}

/** Feeds a text in steps and counts what the last of them did to the DOM. */
async function mutationsOfOneMoreToken(text: string): Promise<number> {
  const { view, root } = makeView();
  for (let end = 2000; end < text.length - 4; end += 2000) view.update(text.slice(0, end));
  view.update(text.slice(0, -4));
  const observer = new MutationObserver(() => undefined);
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  view.update(text);
  const count = observer.takeRecords().length;
  observer.disconnect();
  await Promise.resolve();
  return count;
}

describe('MarkdownView', () => {
  it('ends with the DOM of a text that came at once, however it was cut', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = new SeededRandom(seed);
      const text = randomMarkdown(random, 5 + random.below(60));
      const { view, root } = makeView();
      for (const prefix of randomPrefixes(random, text)) view.update(prefix);
      view.finish(text);
      const expected = finished(text);
      if (!root.isEqualNode(expected)) expect(root.innerHTML, `seed ${seed}`).to.equal(expected.innerHTML);
    }
  });

  it('keeps the nodes of finished blocks', () => {
    const { view, root } = makeView();
    view.update(`# a\n\nb **c**\n\n${CODE}\nd\n${CODE}\n\ne`);
    const before = [...root.children].slice(0, 3);
    view.update(`# a\n\nb **c**\n\n${CODE}\nd\n${CODE}\n\ne f\n\n- g\n- h`);
    view.finish(`# a\n\nb **c**\n\n${CODE}\nd\n${CODE}\n\ne f\n\n- g\n- h\n\nend`);
    expect([...root.children].slice(0, 3)).to.deep.equal(before);
    expect(root.children[0]).to.equal(before[0]);
  });

  it('keeps the node and the selection of a paragraph that grows', () => {
    const { view, root } = makeView();
    document.body.append(root);
    view.update('some text');
    const text = find(root, 'p').firstChild;
    if (text === null) throw new Error('no text');
    getSelection()?.setBaseAndExtent(text, 0, text, 4);
    view.update('some text that grows **and');
    expect(find(root, 'p').firstChild).to.equal(text);
    expect(getSelection()?.toString()).to.equal('some');
    root.remove();
  });

  it('keeps finished items, rows and lines of a block that grows', () => {
    const lines = (make: (index: number) => string): string =>
      Array.from({ length: 100 }, (_, index) => make(index)).join('');
    const cases: [string, string][] = [
      [lines((index) => `- item ${index}\n`), 'li'],
      [`|a|\n|-|\n${lines((index) => `|${index}|\n`)}`, 'tbody tr'],
      [lines((index) => `> ${index}\n>\n`), 'blockquote p'],
    ];
    for (const [text, selector] of cases) {
      const { view, root } = makeView();
      view.update(text.slice(0, -20));
      const before = [...root.querySelectorAll(selector)].slice(0, 80);
      view.update(text);
      view.finish(text);
      before.forEach((node, index) => expect(root.querySelectorAll(selector)[index]).to.equal(node));
    }
  });

  it('appends to code, in pieces', () => {
    const { view, root } = makeView();
    const text = `${CODE}ts\n${'line\n'.repeat(100)}`;
    view.update(text);
    const pieces = [...find(root, 'code').childNodes];
    view.update(`${text}more`);
    expect(pieces.length).to.be.greaterThan(2);
    pieces.forEach((piece, index) => expect(find(root, 'code').childNodes[index]).to.equal(piece));
    expect(find(root, 'code').textContent).to.equal(`${'line\n'.repeat(100)}more`);
  });

  it('touches a handful of nodes for one more token, whatever is there already', async () => {
    const repeat = (make: (index: number) => string): string => {
      let text = '';
      for (let index = 0; text.length < 80_000; index += 1) text += make(index);
      return text;
    };
    const texts = {
      code: CODE + repeat((index) => `\nconst value${index} = compute(${index});`),
      list: repeat((index) => `- item ${index} with **bold** words\n`).trimEnd(),
      table: `|a|b|\n|-|-|\n${repeat((index) => `| cell ${index} | words |\n`).trimEnd()}`,
      paragraphs: repeat((index) => `paragraph ${index} with *some* words\n\n`).trimEnd(),
    };
    for (const [name, text] of Object.entries(texts)) {
      expect(await mutationsOfOneMoreToken(text), name).to.be.within(1, 8);
    }
  });

  it('has no element that holds more than a few dozen others, since browsers go over all of them for each token', () => {
    const many = (make: (index: number) => string): string =>
      Array.from({ length: 1_500 }, (_, index) => make(index)).join('');
    const texts = {
      code: `${CODE}\n${many((index) => `line ${index}\n`)}`,
      list: many((index) => `- item ${index}\n`),
      'loose list': many((index) => `- item ${index}\n\n`),
      table: `|a|b|\n|-|-|\n${many((index) => `|${index}|words|\n`)}`,
      paragraphs: many((index) => `paragraph ${index}\n\n`),
      quote: many((index) => `> paragraph ${index}\n>\n`),
    };
    for (const [name, text] of Object.entries(texts)) {
      const root = finished(text);
      const most = Math.max(
        ...[root, ...root.querySelectorAll('*')].map(({ childNodes }) => childNodes.length),
      );
      expect(most, name).to.be.within(32, 32 + 1_500 / 32);
    }
  });

  it('shows many lines, items, rows and blocks in groups, each as if it were there alone', () => {
    const heightOf = (text: string): number => {
      const root = finished(text);
      const style = document.createElement('style');
      style.textContent = markdownStyles.cssText;
      root.className = 'markdown';
      root.prepend(style);
      document.body.append(root);
      const { height } = root.getBoundingClientRect();
      root.remove();
      return height;
    };
    const of = (make: (index: number) => string) => (count: number) =>
      Array.from({ length: count }, (_, index) => make(index)).join('');
    const texts = {
      code: (count: number) =>
        `${CODE}\n${of((index) => (index % 3 === 0 ? '\n' : `line ${index}\n`))(count)}${CODE}`,
      list: of((index) => `- item ${index}\n`),
      'loose list': of((index) => `- item ${index}\n\n`),
      table: (count: number) => `|a|b|\n|-|-|\n${of((index) => `|${index}|words|\n`)(count)}`,
      paragraphs: of((index) => `paragraph ${index}\n\n`),
      headings: of((index) => `# heading ${index}\n\n`),
      quote: of((index) => `> paragraph ${index}\n>\n`),
    };
    for (const [name, make] of Object.entries(texts)) {
      // Each three more are as high as three others, at the borders of groups too.
      const step = heightOf(make(12)) - heightOf(make(9));
      for (const count of [30, 33, 63, 66, 96])
        expect(heightOf(make(count + 3)) - heightOf(make(count)), `${name}: ${count}`).to.be.closeTo(
          step,
          0.6,
        );
    }
  });

  it('wraps the items of a list that turns out to be loose, and keeps them', () => {
    const { view, root } = makeView();
    view.update('- a\n- b');
    const [first] = root.querySelectorAll('li');
    view.update('- a\n- b\n\n- c');
    expect(root.querySelector('li')).to.equal(first);
    expect(root.querySelectorAll('li > p')).to.have.length(3);
  });

  it('makes a link of a reference whose definition comes late, and leaves other blocks alone', () => {
    const { view, root } = makeView();
    view.update('a [b]\n\nc\n\n');
    const other = root.children[1];
    view.finish('a [b]\n\nc\n\n[b]: https://b.example');
    expect(find(root, 'a').getAttribute('href')).to.equal('https://b.example/');
    expect(root.children[1]).to.equal(other);
  });

  it('can show another text instead', () => {
    const { view, root } = makeView();
    view.update('# a\n\n- b');
    view.finish('c');
    expect(root.innerHTML).to.equal('<p>c</p>');
  });

  it('hands the text of a code block to whoever copies', () => {
    const copied: [string, string][] = [];
    const { view, root } = makeView((code, button) => copied.push([code.textContent, button.textContent]), {
      ...en,
      copyCode: 'Kopieren',
    });
    view.finish(`${CODE}ts\nlet a;\n\nlet b;\n${CODE}`);
    find(root, 'button').dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(copied).to.deep.equal([['let a;\n\nlet b;', 'Kopieren']]);
  });

  it('hands over exactly the code, however many lines it has', () => {
    const codes = [1, 31, 32, 33, 64, 65].map((count) =>
      Array.from({ length: count }, (_, index) => `line ${String(index)}`).join('\n'),
    );
    for (const code of [...codes, `${'\n'.repeat(32)}a`, `a${'\n'.repeat(32)}`]) {
      let copied = '';
      const { view, root } = makeView(({ textContent }) => (copied = textContent));
      const text = `${CODE}\n${code}\n${CODE}`;
      for (let end = 0; end < text.length; end += 7) view.update(text.slice(0, end));
      view.finish(text);
      find(root, 'button').dispatchEvent(new MouseEvent('click', { bubbles: true }));
      expect(copied).to.equal(code);
    }
  });

  it('makes what scrolls reachable by keyboard, and names it', () => {
    const root = finished(`${CODE}ts\na\n${CODE}\n\n|a|\n|-|\n|b|\n\n- [x] c`);
    expect(find(root, '.code-language').textContent).to.equal('ts');
    for (const selector of ['pre', '.table']) {
      expect(find(root, selector).getAttribute('tabindex'), selector).to.equal('0');
      expect(find(root, selector).getAttribute('aria-label'), selector).to.not.equal(null);
    }
    expect(
      find(root, 'li.task > input[type=checkbox][disabled][checked]').getAttribute('aria-label'),
    ).to.equal('Done');
  });
});
