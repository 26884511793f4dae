/** The second script, in the same page as the first one and in pages of its own. */
import { expect } from 'chai';
import { selectedRange } from '../../widget/controllers/selected-range.ts';
import { GROUPS, type Group } from '../../widget/colours/groups.ts';
import { answer, Chat, nextFrame, userMessage } from '../support/chat-harness.ts';
import { contrast } from '../support/contrast.ts';
import { FakeStore } from '../support/fake-store.ts';
import { applyMedia } from '../support/media.ts';
import { present } from '../support/present.ts';

const SCRIPT = '/ivy-chat-colours.js';
const FENCE = '`'.repeat(3);
const PYTHON = 'def greet(name):\n    return f"Hello, {name}!"  # every time';
/** What is in the braces is code again, and has nothing in it to be coloured. */
const PAINTED = 'def greet return f"Hello,  !" # every time';

function fenced(language: string, code: string): string {
  return `${FENCE}${language}\n${code}\n${FENCE}`;
}

async function include(): Promise<void> {
  const script = document.createElement('script');
  script.src = SCRIPT;
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
}

function highlightOf(group: Group, page: { readonly CSS: typeof CSS } = window): Highlight | undefined {
  return page.CSS.highlights.get(`ivy-${group}`);
}

/** What is painted, in the order of the text. */
function painted(page?: { readonly CSS: typeof CSS }): readonly Range[] {
  const ranges = GROUPS.flatMap((group) => [...(highlightOf(group, page) ?? [])]).map((range) => {
    const live = present(range.startContainer.ownerDocument ?? undefined).createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live;
  });
  return ranges.sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other));
}

function paintedText(page?: { readonly CSS: typeof CSS }): string {
  return painted(page).map(String).join(' ');
}

/** Colours come when the page has nothing else to do, but not as late as this. */
const LIMIT_MS = 4_000;

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`in vain; painted are: ${paintedText().slice(0, 200)}`);
    await nextFrame();
  }
}

const canPaint = 'highlights' in CSS;

describe('colours for code', function () {
  // The first use of a language takes its time.
  this.timeout(20_000);

  before(function () {
    if (!canPaint) this.skip();
  });
  afterEach(() => Chat.cleanUp());

  it('come into a chat that was there before the script', async () => {
    await Chat.open([userMessage('Hi'), answer(fenced('py', PYTHON))]);
    expect(CSS.highlights.size).to.equal(0);
    await include();
    await until(() => paintedText() === PAINTED);
  });

  it('are for languages by all their names, and for no others', async () => {
    const blocks = ['Python', 'mermaid', '', 'text'].map((language) => fenced(language, PYTHON));
    await Chat.open([answer([...blocks, fenced('TSX', 'let a;')].join('\n\n'))]);
    await until(() => paintedText() === `${PAINTED} let`);
  });

  it('come while the answer is being written, and leave nodes and selection as they are', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    let text = '';
    const receive = (content: string): void => {
      chat.store.receive({ type: 'token', content, messageId: 'a', offset: text.length });
      text += content;
    };
    receive(`Look:\n\n${FENCE}py`);
    await chat.drawn();
    receive('thon\ndef greet(');
    await until(() => paintedText() === 'def greet');
    const code = chat.get('pre > code');
    const node = present(code.querySelector('span')?.firstChild ?? undefined);
    getSelection()?.setBaseAndExtent(node, 4, node, 9);
    for (const token of PYTHON.slice('def greet('.length).match(/.{1,4}/gs) ?? []) {
      receive(token);
      await nextFrame();
    }
    await chat.drawn();
    const changes = new MutationObserver(() => undefined);
    changes.observe(chat.root, { subtree: true, childList: true, characterData: true, attributes: true });
    await until(() => paintedText() === PAINTED);

    expect(changes.takeRecords().filter(({ target }) => code.contains(target))).to.have.length(0);
    expect(code.children.length === 1 && code.children[0]?.firstChild === node).to.equal(true);
    expect(code.textContent).to.equal(PYTHON);
    const { startContainer, startOffset, endOffset } = present(selectedRange(chat.root));
    expect(startContainer === node).to.equal(true);
    expect([startOffset, endOffset]).to.deep.equal([4, 9]);
    getSelection()?.removeAllRanges();

    receive(`\n${FENCE}\n\nThat was ${FENCE[0] ?? ''}def${FENCE[0] ?? ''}.`);
    await chat.drawn();
    expect(paintedText()).to.equal(PAINTED);
  });

  it('go with the conversation and with the element, and come back with it', async () => {
    const chat = await Chat.open([answer(fenced('py', PYTHON))]);
    await until(() => paintedText() === PAINTED);
    chat.store.open([]);
    await chat.drawn();
    expect(painted()).to.deep.equal([]);

    const other = await Chat.open([answer(fenced('py', PYTHON))]);
    await until(() => paintedText() === PAINTED);
    other.element.remove();
    expect(painted()).to.deep.equal([]);
    document.body.append(other.element);
    other.store.open([answer(fenced('py', PYTHON))]);
    await until(() => paintedText() === PAINTED);
  });

  it('are painted where they can be seen: a long code costs a frame no more than a short one', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `let a = ${String(index)}; // b`);
    const chat = await Chat.open([userMessage('Hi'), answer(fenced('js', lines.join('\n')))]);
    for (const [share, line] of [
      [1, 2_990],
      [0.5, 1_500],
      [0, 5],
    ] as const) {
      const { scrollHeight, clientHeight } = chat.scroller;
      chat.scroller.scrollTop = share * (scrollHeight - clientHeight);
      await until(() => paintedText().includes(` ${String(line)} `));
      expect(painted().length).to.be.lessThan(600);
    }
  });

  for (const theme of ['light', 'dark']) {
    it(`can be read on the ground of code, ${theme}`, async () => {
      const chat = await Chat.open([answer(fenced('py', PYTHON))], { theme });
      const code = chat.get('pre > code');
      const ground = getComputedStyle(chat.get('.code')).backgroundColor;
      const found = GROUPS.map((group) => {
        const { color } = getComputedStyle(code, `::highlight(ivy-${group})`);
        return { group, contrast: contrast(color, ground), isOwn: color !== getComputedStyle(code).color };
      });

      expect(found).to.have.length(11);
      expect(found.filter((one) => one.contrast < 4.5 || !one.isOwn)).to.deep.equal([]);
    });
  }

  it('leave paper and chosen colours alone', async () => {
    const chat = await Chat.open([answer(fenced('py', PYTHON))]);
    const code = chat.get('pre > code');
    const back = applyMedia(chat.root, { 'screen and (forced-colors: none)': 'not all' });
    const { color } = getComputedStyle(code, '::highlight(ivy-keyword)');
    back();

    expect(color).to.equal(getComputedStyle(code).color);
  });

  it('are not painted twice by a second copy of the script', async () => {
    const before = highlightOf('keyword');
    await include();
    await Chat.open([answer(fenced('py', PYTHON))]);
    await until(() => paintedText() === PAINTED);

    expect(highlightOf('keyword')).to.equal(before);
  });
});

describe('a page of its own', function () {
  this.timeout(20_000);

  /** With the scripts in this order, and what a strict policy or an old browser makes of them. */
  async function page(head: string): Promise<Window & typeof globalThis> {
    const frame = document.createElement('iframe');
    frame.width = '600';
    frame.height = '400';
    frame.srcdoc = `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body></body></html>`;
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve);
      document.body.append(frame);
    });
    return present(frame.contentDocument?.defaultView ?? undefined);
  }

  async function place({ document, customElements }: Window, root: ParentNode): Promise<Element> {
    const constructor = await customElements.whenDefined('ivy-chat');
    let store: FakeStore | undefined;
    Reflect.set(
      constructor,
      'createStore',
      (...[options]: ConstructorParameters<typeof FakeStore>) => (store = new FakeStore(options)),
    );
    const chat = document.createElement('ivy-chat');
    chat.setAttribute('thread-id', 'thread-1');
    chat.setAttribute('host', 'relay.test');
    root.append(chat);
    await chat.updateComplete;
    present(store).open([answer(fenced('py', PYTHON))]);
    return chat;
  }

  const MAIN = '<script type="module" src="/widget/index.ts"></script>';
  const COLOURS = `<script src="${SCRIPT}"></script>`;

  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  it('[X1] is coloured by a script that came first, inside another shadow root, under the strictest policy', async function () {
    if (!canPaint) this.skip();
    const policy = "style-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";
    const view = await page(
      `<meta http-equiv="content-security-policy" content="${policy}" />${COLOURS}${MAIN}`,
    );
    const violations: string[] = [];
    view.document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      violations.push(violatedDirective),
    );
    const host = view.document.createElement('div');
    view.document.body.append(host);
    await place(view, host.attachShadow({ mode: 'open' }));
    await until(() => paintedText(view) === PAINTED);

    expect(violations).to.deep.equal([]);
  });

  it('stays plain, and without an error, where the browser has no highlights', async () => {
    const view = await page(`<script>delete window.Highlight; window.errors = [];
      addEventListener('error', ({ message }) => errors.push(message))</script>${COLOURS}${MAIN}`);
    const chat = await place(view, view.document.body);
    await until(() => chat.shadowRoot?.querySelector('code')?.textContent === PYTHON);

    expect(Reflect.get(view, 'errors')).to.deep.equal([]);
    const rules = present(chat.shadowRoot ?? undefined).adoptedStyleSheets.flatMap((sheet) => [
      ...sheet.cssRules,
    ]);
    expect(rules.filter(({ cssText }) => cssText.includes('::highlight'))).to.deep.equal([]);
  });
});
