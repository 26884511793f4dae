import { expect } from 'chai';
import { selectedRange } from '../../widget/controllers/selected-range.ts';
import { answer, Chat, nextFrame, userMessage } from '../support/chat-harness.ts';
import { longConversation } from '../support/long-conversation.ts';
import { SeededRandom } from '../support/seeded-random.ts';

const SEED = 20_260;
const PAGE = 100;

const elementsIn = (chat: Chat): number => chat.root.querySelectorAll('*').length;
const distanceToEnd = ({ scroller }: Chat): number =>
  scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;

/** The first turn on the screen, and where it is. */
function firstOnScreen(chat: Chat): { turn: Element; top: number } {
  const edge = chat.scroller.getBoundingClientRect().top;
  const turn = [...chat.root.querySelectorAll('.turn')].find(
    (one) => one.getBoundingClientRect().bottom > edge + 1,
  );
  if (turn === undefined) throw new Error('the screen is empty');
  return { turn, top: turn.getBoundingClientRect().top };
}

/** Whether something is drawn at every height of the screen; the button for older turns may be above it. */
function isFilled(chat: Chat): boolean {
  const { top, bottom } = chat.scroller.getBoundingClientRect();
  const turns = [...chat.root.querySelectorAll('.turn')].map((turn) => turn.getBoundingClientRect());
  return [top + 100, (top + bottom) / 2, bottom - 30].every((at) =>
    turns.some((turn) => turn.top <= at && turn.bottom >= at),
  );
}

describe('a long conversation', function () {
  this.timeout(20_000);
  afterEach(() => Chat.cleanUp());

  it('opens with 10,000 messages in one frame, and draws few of them', async () => {
    const chat = await Chat.place();
    const messages = longConversation(10_000);
    chat.store.open(messages);
    await chat.element.updateComplete;
    await nextFrame();

    expect(chat.root.querySelectorAll('.turn').length).to.be.within(2, 60);
    expect(elementsIn(chat)).to.be.lessThan(1_500);
    expect(distanceToEnd(chat)).to.be.lessThan(1);
    expect(isFilled(chat)).to.equal(true);
  });

  it('is read up 60 screens through 3,000 messages without a jump, a gap or a lost page', async () => {
    const all = longConversation(3_000);
    const chat = await Chat.place();
    let loaded = 50;
    chat.store.open(all.slice(-loaded), 'more');
    await chat.drawn();
    let pages = 0;
    let worst = 0;
    let most = 0;
    let screens = 0;
    for (let step = 0; loaded < all.length; step += 1) {
      expect(step).to.be.lessThan(1_000);
      const before = firstOnScreen(chat);
      // By hand for so long, then with the scrollbar.
      const far = screens > 60 ? Infinity : chat.scroller.clientHeight * 0.45;
      const delta = Math.min(far, chat.scroller.scrollTop);
      screens += delta / chat.scroller.clientHeight;
      chat.scroller.scrollTop -= delta;
      await nextFrame();
      // What was on top has moved by what was scrolled, and by nothing else.
      if (before.turn.isConnected)
        worst = Math.max(worst, Math.abs(before.turn.getBoundingClientRect().top - before.top - delta));
      expect(isFilled(chat), `step ${String(step)}`).to.equal(true);
      if (chat.store.asked('loadOlder').length > pages && loaded < all.length) {
        pages += 1;
        const held = firstOnScreen(chat);
        const next = Math.min(loaded + PAGE, all.length);
        const messages = all.slice(all.length - next, all.length - loaded);
        loaded = next;
        chat.store.receive({
          type: 'history',
          mode: 'page',
          messages,
          ...(loaded < all.length ? { before: 'more' } : {}),
        });
        await chat.element.updateComplete;
        await nextFrame();
        worst = Math.max(worst, Math.abs(held.turn.getBoundingClientRect().top - held.top));
        expect(held.turn.isConnected).to.equal(true);
      }
      most = Math.max(most, elementsIn(chat));
    }

    expect(screens).to.be.greaterThan(60);
    expect(chat.store.asked('loadOlder')).to.have.length(pages);
    expect(chat.element.messages.map(({ id }) => id)).to.deep.equal(all.map(({ id }) => id));
    expect(worst).to.be.lessThan(1);
    expect(most).to.be.lessThan(1_500);

    await chat.click('.jump');
    expect(distanceToEnd(chat)).to.be.lessThan(1);
    expect(isFilled(chat)).to.equal(true);
    expect(chat.find('[data-turn=m2999]') === null).to.equal(false);
    expect(chat.find('.jump') === null).to.equal(true);
    expect(elementsIn(chat)).to.be.lessThan(1_500);
  });

  it('is drawn wherever the scrollbar is taken', async () => {
    const chat = await Chat.open(longConversation(2_000));
    const random = new SeededRandom(SEED);
    for (let round = 0; round < 40; round += 1) {
      chat.scroller.scrollTop = random.next() * chat.scroller.scrollHeight;
      await nextFrame();
      await nextFrame();
      expect(isFilled(chat), `round ${String(round)} with seed ${String(SEED)}`).to.equal(true);
    }
    expect(elementsIn(chat)).to.be.lessThan(1_500);
  });

  it('keeps what is read in its place when a page comes in above while an answer streams', async () => {
    const all = longConversation(300);
    const chat = await Chat.place();
    chat.store.open(all.slice(-PAGE), 'more');
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    chat.scroller.scrollTop = 40;
    await chat.drawn();
    const { turn, top } = firstOnScreen(chat);
    let text = '';
    for (const messages of [all.slice(100, 200), all.slice(0, 100)]) {
      chat.store.receive({ type: 'history', mode: 'page', messages, before: 'more' });
      for (let token = 0; token < 10; token += 1) {
        chat.store.receive({ type: 'token', content: 'word\n\n', messageId: 'a', offset: text.length });
        text += 'word\n\n';
        await nextFrame();
        expect(turn.getBoundingClientRect().top).to.be.closeTo(top, 1);
      }
    }
    expect(turn.isConnected).to.equal(true);
  });

  it('keeps what is read in its place when the column becomes narrower, also in the middle of an answer', async () => {
    const words = 'words that take a line or two, by the width of the column that they are in\n\n'.repeat(60);
    const chat = await Chat.open([userMessage('Hi'), answer(words), ...longConversation(100)]);
    chat.scroller.scrollTop = 0;
    await chat.drawn();
    chat.scroller.scrollTop = 900;
    await chat.drawn();
    const edge = chat.scroller.getBoundingClientRect().top;
    const paragraph = [...chat.get('.markdown').children].find(
      (one) => one.getBoundingClientRect().bottom > edge + 1,
    );
    const top = paragraph?.getBoundingClientRect().top ?? NaN;
    chat.element.style.width = '300px';
    await chat.drawn();

    expect(paragraph?.getBoundingClientRect().top).to.be.closeTo(top, 1);
    expect(paragraph?.getBoundingClientRect().width).to.be.lessThan(300);
  });

  it('leaves out no turn that has focus or a selection in it', async () => {
    const chat = await Chat.open(longConversation(1_000));
    const focused = chat.get('[data-turn=m998]');
    const selected = chat.get('[data-turn=m996] .bubble');
    focused.focus({ preventScroll: true });
    getSelection()?.selectAllChildren(selected);
    await chat.drawn();
    for (let screen = 0; screen < 20; screen += 1) {
      chat.scroller.scrollTop -= chat.scroller.clientHeight;
      await chat.drawn();
    }

    expect(chat.find('[data-turn=m999]') === null).to.equal(true);
    expect(chat.root.activeElement === focused).to.equal(true);
    expect(chat.get('[data-turn=m996] .bubble') === selected).to.equal(true);
    expect(selectedRange(chat.root)?.startContainer === selected).to.equal(true);
    getSelection()?.removeAllRanges();
  });

  it('gets its older pages one at a time, only while connected, and not for a reader at the end', async () => {
    const all = longConversation(200);
    const chat = await Chat.place();
    chat.store.open(all.slice(100), 'more');
    await chat.drawn();
    expect(chat.store.asked('loadOlder')).to.have.length(0);
    chat.store.set({ connection: 'reconnecting' });
    chat.scroller.scrollTop = 10;
    await chat.drawn();
    await chat.click('.older');
    expect(chat.store.asked('loadOlder')).to.have.length(0);
    chat.store.set({ connection: 'open' });
    await chat.drawn();
    chat.scroller.scrollTop = 0;
    await chat.drawn();
    await chat.click('.older');

    expect(chat.store.asked('loadOlder')).to.have.length(1);
    expect(chat.textOf('.older')).to.equal('Loading…');
  });

  it('asks for none at the end of a page that is little taller than the screen', async () => {
    const chat = await Chat.place();
    chat.store.open([userMessage('Hi'), answer('words\n\n'.repeat(12))], 'more');
    await chat.drawn();
    expect(chat.scroller.scrollTop).to.be.within(1, chat.scroller.clientHeight);
    expect(chat.store.asked('loadOlder')).to.have.length(0);
    chat.scroller.scrollTop -= 20;
    await chat.drawn();

    expect(chat.store.asked('loadOlder')).to.have.length(1);
  });

  it('gets another page where the first does not fill the screen', async () => {
    const chat = await Chat.place();
    chat.store.open([userMessage('Hi'), answer('Hello')], 'more');
    await chat.drawn();

    expect(chat.store.asked('loadOlder')).to.have.length(1);
  });

  it('costs a token the same, however many messages there are', async () => {
    const chat = await Chat.open(longConversation(10_000));
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'Word', messageId: 'a', offset: 0 });
    await chat.drawn();
    const read: number[] = [];
    // Whoever goes through the list reads its entries.
    const { messages } = chat.element;
    const first = messages[0];
    if (first === undefined) throw new Error('there is no message');
    const { content } = first;
    Object.defineProperty(first, 'content', { get: () => (read.push(1), content) });
    for (let token = 0; token < 20; token += 1) {
      chat.store.receive({ type: 'token', content: ' word', messageId: 'a', offset: 4 + token * 5 });
      await chat.drawn();
    }

    expect(read).to.have.length(0);
    expect(distanceToEnd(chat)).to.be.lessThan(1);
  });

  it('is all on paper', async () => {
    const chat = await Chat.open(longConversation(200));
    dispatchEvent(new Event('beforeprint'));
    await chat.drawn();
    expect(chat.root.querySelectorAll('.turn')).to.have.length(200);
    dispatchEvent(new Event('afterprint'));
    await chat.drawn();

    expect(chat.root.querySelectorAll('.turn').length).to.be.lessThan(60);
    expect(distanceToEnd(chat)).to.be.lessThan(1);
  });
});
