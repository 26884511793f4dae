import { expect } from 'chai';
import { selectedRange } from '../../widget/controllers/selected-range.ts';
import { Chat, nextFrame, userMessage } from '../support/chat-harness.ts';
import { present } from '../support/present.ts';
import { SeededRandom } from '../support/seeded-random.ts';

const SEED = 4;
const TOKENS = 2_000;

/** One block of each kind, over and over. */
const BLOCKS = [
  '## A heading',
  'A paragraph with **strong words**, `code` and [a link](https://example.com/path).',
  '- one\n- two\n  - deeper\n- three',
  '1. first\n2. second',
  '|name|value|\n|-|-:|\n|a|1|\n|b|2|',
  `\`\`\`ts\nconst wide = '${'x'.repeat(300)}';\nconst more = 1;\n\`\`\``,
  '> quoted words',
  '---',
];

function tokens(): string[] {
  const random = new SeededRandom(SEED);
  const found = random.pieces(`${BLOCKS.join('\n\n')}\n\n`.repeat(30), 8);
  return found.slice(0, TOKENS);
}

describe('an answer that streams in', function () {
  this.timeout(20_000);
  afterEach(async () => {
    getSelection()?.removeAllRanges();
    await Chat.cleanUp();
  });

  it('touches its last block alone, for 2,000 tokens, and leaves selection and scrolled code as they are', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    const all = tokens();
    const begun = all.findIndex((_, index) => all.slice(0, index).join('').length > 600);
    let text = '';
    const receive = async (upTo: number, from: number): Promise<void> => {
      for (const content of all.slice(from, upTo)) {
        chat.store.receive({ type: 'token', content, messageId: 'a', offset: text.length });
        text += content;
      }
      await nextFrame();
    };
    await receive(begun, 0);
    await chat.drawn();
    const markdown = chat.get('[data-turn=a] .markdown');
    const paragraph = present(markdown.querySelector('p') ?? undefined);
    const words = present(paragraph.querySelector('strong') ?? undefined).firstChild;
    const code = present(markdown.querySelector('pre') ?? undefined);
    getSelection()?.setBaseAndExtent(present(words ?? undefined), 1, present(words ?? undefined), 6);
    code.scrollLeft = 150;
    // The selection holds the page where it is, and the way back to the end comes once there is one.
    const watched = begun + 100;
    await receive(watched, begun);
    await chat.drawn();
    expect(chat.find('.jump') === null).to.equal(false);

    const touched: string[] = [];
    let last = blocksOf(markdown).at(-1);
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((more) => records.push(...more));
    observer.observe(chat.root, { subtree: true, childList: true, characterData: true, attributes: true });
    const check = (): void => {
      for (const { target, addedNodes, removedNodes, type } of [
        ...records.splice(0),
        ...observer.takeRecords(),
      ]) {
        // Blocks come at the end, and the last one may turn out to be of another kind.
        const isTail =
          target === markdown ||
          (target.parentElement === markdown && target instanceof Element && target.matches('.group'))
            ? type === 'childList' &&
              [...removedNodes].every((node) => node === last) &&
              [...addedNodes].every((node) => !node.isConnected || !isBefore(node, last))
            : markdown.contains(target)
              ? !isBefore(target, last)
              : !target.isConnected;
        if (!isTail)
          touched.push(`${type} of ${target.nodeName} in ${String(target.parentElement?.className)}`);
      }
      last = blocksOf(markdown).at(-1);
    };
    for (let from = watched; from < all.length; from += 4) {
      await receive(Math.min(from + 4, all.length), from);
      check();
    }
    observer.disconnect();

    expect(blocksOf(markdown).length).to.be.greaterThan(60);
    expect(touched).to.deep.equal([]);
    const range = present(selectedRange(chat.root));
    expect([range.startContainer, range.startOffset, range.endOffset]).to.deep.equal([words, 1, 6]);
    expect(code.isConnected).to.equal(true);
    expect(code.scrollLeft).to.equal(150);
    chat.store.receive({ type: 'done', messageId: 'a', fullContent: text, status: 'complete' });
    await chat.drawn();
    expect(markdown.isConnected && code.isConnected && paragraph.isConnected).to.equal(true);
    expect(code.scrollLeft).to.equal(150);
    expect(selectedRange(chat.root)?.startContainer).to.equal(words);
  });
});

/** Of many, all but the first are in groups. */
function blocksOf(markdown: Element): Element[] {
  return [...markdown.querySelectorAll(':scope > :not(.group), :scope > .group > *')];
}

/** Whether `node` is above the block that was the last one. */
function isBefore(node: Node, block: Element | undefined): boolean {
  if (block?.isConnected !== true || block.contains(node)) return false;
  return (block.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}
