/** The element with its real store, on sockets that a test plays by hand: what becomes of its line to the relay. */
import { expect } from 'chai';
import type { ServerFrame, ThreadMessage } from '#protocol';
import { answer, Chat, nextFrame, nextTask, record, userMessage } from '../support/chat-harness.ts';
import { FakeWebSocket } from '../support/fake-web-socket.ts';
import { PageTimers } from '../support/page-timers.ts';

const long = (words: string): string => `${words}\n\n`.repeat(40);
const history = (messages: readonly ThreadMessage[] = [], mode: 'full' | 'tail' = 'full'): ServerFrame => ({
  type: 'history',
  messages: [...messages],
  gen: 0,
  mode,
  v: 1,
});
const streaming = (messageId: string): ServerFrame => ({
  type: 'streaming',
  isStreaming: true,
  messageId,
  gen: 0,
});
const token = (content: string, messageId: string, offset = 0): ServerFrame => ({
  type: 'token',
  content,
  messageId,
  offset,
});

const unclosed = (): readonly FakeWebSocket[] =>
  FakeWebSocket.made.filter(({ readyState }) => readyState !== FakeWebSocket.CLOSED);

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tasks = 0; !isSo(); tasks += 1) {
    if (tasks > 500) throw new Error(`waited in vain for ${what}`);
    await nextTask();
  }
}

/** The next socket that the element makes. */
async function nextSocket(made = FakeWebSocket.made.length): Promise<FakeWebSocket> {
  await until(() => FakeWebSocket.made.length > made, 'a socket');
  return FakeWebSocket.last;
}

let lastThread = 0;

/** On the page, with an open socket that has greeted with `frames`. */
async function connected(
  frames: readonly ServerFrame[] = [history()],
  threadId = `line-${String(++lastThread)}`,
): Promise<{ readonly chat: Chat; readonly socket: FakeWebSocket; readonly threadId: string }> {
  const chat = new Chat(document.createElement('ivy-chat'));
  chat.element.threadId = threadId;
  chat.element.host = 'relay.test';
  const made = FakeWebSocket.made.length;
  document.body.append(chat.element);
  const socket = await nextSocket(made);
  socket.open();
  socket.receive(...frames);
  await chat.drawn();
  return { chat, socket, threadId };
}

/** In the middle of an answer, with enough above it to scroll. */
const midAnswer = () =>
  connected([
    history([userMessage('Hi'), answer(long('Some words')), userMessage('More')]),
    streaming('a'),
    token('One', 'a'),
  ]);

describe('the line of an element', () => {
  const { WebSocket: realWebSocket } = globalThis;
  const realNow = Date.now;

  beforeEach(() => {
    FakeWebSocket.made = [];
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
  });

  afterEach(async () => {
    await Chat.cleanUp();
    Date.now = realNow;
    Object.assign(globalThis, { WebSocket: realWebSocket });
    for (const key of Object.keys(localStorage))
      if (key.startsWith('ivy-chat:')) localStorage.removeItem(key);
  });

  it('[F01] shows after a reload all that is written at once, and from there only what is added', async () => {
    const { chat, socket } = await connected([]);
    const states: string[] = [];
    /** What has been painted, for as long as three frames bring nothing new. */
    const watch = async (): Promise<void> => {
      for (let still = 0; still < 3; still += 1) {
        await nextFrame();
        await nextTask();
        const state = chat.turns.join(' | ');
        if (state === (states.at(-1) ?? '')) continue;
        states.push(state);
        still = 0;
      }
    };
    socket.receive(history([userMessage('Hi')]), streaming('a'), token('Half an', 'a'));
    await watch();
    socket.receive(token(' answer', 'a', 7), token('answer', 'a', 8));
    await watch();

    expect(states).to.deep.equal(['Hi | Half an', 'Hi | Half an answer']);
  });

  it('[F02] breaks and is made again under a reader who notices nothing: answer, draft and place stay', async () => {
    const { chat, socket } = await midAnswer();
    await chat.type('A draft');
    chat.scroller.scrollTop = 300;
    await chat.drawn();
    const growing = chat.get('[data-turn=a] .markdown');
    socket.drop();
    await chat.drawn();
    expect(chat.turns.at(-1)).to.equal('One');
    dispatchEvent(new Event('online'));
    const again = await nextSocket();
    again.open();
    again.receive(history([], 'tail'), streaming('a'), token(' two', 'a', 3));
    await chat.drawn();

    expect(chat.turns.at(-1)).to.equal('One two');
    expect(chat.get('[data-turn=a] .markdown') === growing, 'the same node').to.equal(true);
    expect(chat.field.value).to.equal('A draft');
    expect(chat.scroller.scrollTop).to.equal(300);
  });

  it('[F43] is one after a hundred changes of the thread in the middle of an answer', async () => {
    const { chat, socket } = await midAnswer();
    for (let thread = 1; thread <= 100; thread += 1) {
      chat.element.threadId = `changed-${String(thread)}`;
      await chat.element.updateComplete;
    }
    await until(
      () => FakeWebSocket.made.some(({ url }) => url.includes('/ivy_changed-100?')),
      'the last socket',
    );
    expect(unclosed().map(({ url }) => new URL(url).pathname)).to.deep.equal([
      '/parties/main/ivy_changed-100',
    ]);
    const heard = record(chat.element, 'ivy-token', 'ivy-message', 'ivy-done', 'ivy-history');
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history([userMessage('Mine')]));
    socket.receive(token(' late', 'a', 3), { type: 'message', ...userMessage('Late') });
    await chat.drawn();

    expect(chat.turns).to.deep.equal(['Mine']);
    expect(heard.map(({ type }) => type)).to.deep.equal(['ivy-history']);
    expect(
      FakeWebSocket.made.flatMap(({ sent }) => sent),
      'asked of the relay',
    ).to.deep.equal([]);
  });

  it('[F43] belongs to the thread that is shown, when each of a hundred had time to begin an answer', async () => {
    const { chat } = await midAnswer();
    for (let thread = 1; thread <= 100; thread += 1) {
      const made = FakeWebSocket.made.length;
      chat.element.threadId = `visited-${String(thread)}`;
      const socket = await nextSocket(made);
      socket.open();
      socket.receive(history([userMessage(`Question ${String(thread)}`)]), streaming(`a-${String(thread)}`));
      for (const any of FakeWebSocket.made) any.receive(token('text', `a-${String(thread)}`));
    }
    await chat.drawn();
    expect(chat.turns).to.deep.equal(['Question 100', 'text']);
    expect(FakeWebSocket.made).to.have.length(101);
    expect(unclosed().map(({ url }) => new URL(url).pathname)).to.deep.equal([
      '/parties/main/ivy_visited-100',
    ]);
    expect(
      FakeWebSocket.made.flatMap(({ sent }) => sent),
      'asked of the relay',
    ).to.deep.equal([]);
  });

  for (const [how, move] of [
    ['append', (to: Element, element: Element): void => to.append(element)],
    ['insertBefore', (to: Element, element: Element): void => void to.insertBefore(element, to.firstChild)],
    ['moveBefore', (to: Element, element: Element): void => to.moveBefore(element, to.firstChild)],
  ] as const) {
    it(`[F44] stays open when the element is moved with ${how}, with draft, selection, place and focus`, async function () {
      // The newest of the three is not everywhere yet.
      if (!(how in Element.prototype)) this.skip();
      const { chat, socket } = await midAnswer();
      await chat.type('A draft');
      chat.field.focus();
      chat.field.setSelectionRange(2, 5);
      chat.scroller.scrollTop = 300;
      await chat.drawn();
      const elsewhere = document.createElement('div');
      document.body.append(elsewhere);
      move(elsewhere, chat.element);
      socket.receive(token(' two', 'a', 3));
      await chat.drawn();

      expect(FakeWebSocket.made).to.have.length(1);
      expect(socket.readyState).to.equal(FakeWebSocket.OPEN);
      expect(chat.turns.at(-1)).to.equal('One two');
      expect(chat.scroller.scrollTop).to.equal(300);
      expect(chat.field).to.include({ value: 'A draft', selectionStart: 2, selectionEnd: 5 });
      expect(chat.root.activeElement?.localName).to.equal('textarea');
      elsewhere.remove();
    });
  }

  it('[F44] [H8] takes focus back only where nobody else has it, and only in the same task', async () => {
    const { chat } = await midAnswer();
    const other = document.createElement('input');
    document.body.append(other);
    chat.field.focus();
    const { parentElement } = chat.element;
    chat.element.remove();
    other.focus();
    parentElement?.append(chat.element);
    await chat.drawn();
    expect(document.activeElement?.localName).to.equal('input');

    chat.field.focus();
    chat.element.remove();
    await nextTask();
    parentElement?.append(chat.element);
    await chat.drawn();
    expect(chat.root.activeElement).to.equal(null);
    other.remove();
  });

  for (const [state, bring] of [
    ['open, in the middle of an answer', (): void => undefined],
    ['waiting for its next attempt', ({ socket }: { socket: FakeWebSocket }): void => socket.drop()],
    [
      'being made',
      async ({ socket }: { socket: FakeWebSocket }): Promise<void> => {
        socket.drop();
        dispatchEvent(new Event('online'));
        await nextSocket();
      },
    ],
    [
      'waiting for the answer to a message',
      async ({ chat, socket }: { chat: Chat; socket: FakeWebSocket }): Promise<void> => {
        socket.receive({ type: 'streaming', isStreaming: false, messageId: 'a', gen: 0 });
        chat.element.sendMessage('Hello?');
        await chat.drawn();
      },
    ],
  ] as const) {
    it(`[F44] is closed, and no timer is left, when the element is removed while it is ${state}`, async () => {
      const timers = new PageTimers();
      try {
        const open = await midAnswer();
        await bring(open);
        expect(timers.pending).not.to.deep.equal([]);
        const removedAt = performance.now();
        open.chat.element.remove();
        await until(() => unclosed().length === 0 && timers.pending.length === 0, 'the end of everything');
        expect(performance.now() - removedAt).to.be.below(1_000);
        const made = FakeWebSocket.made.length;
        await nextTask();
        expect(FakeWebSocket.made).to.have.length(made);
      } finally {
        timers.restore();
      }
    });
  }

  it('[F21] shows the text of a tab that was closed too early as not sent, and sends it under its old id', async () => {
    const { chat, socket, threadId } = await connected();
    await chat.type('Did it arrive?');
    await chat.press('Enter');
    const [sent] = socket.sentOf('message');
    chat.element.remove();
    await until(() => unclosed().length === 0, 'the end of the first tab');
    Date.now = () => realNow() + 3 * 60_000;
    const back = await connected([history()], threadId);

    expect(back.chat.turns).to.deep.equal(['Did it arrive?']);
    expect(back.chat.textOf('.turn.failed .reason')).to.contain('Not sent');
    expect(back.socket.sent).to.deep.equal([]);
    await back.chat.click('.turn.failed .action:first-child');
    expect(back.socket.sentOf('message')).to.deep.equal([sent]);
  });
});
