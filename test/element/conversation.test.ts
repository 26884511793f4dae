import { expect } from 'chai';
import { answer, Chat, nextTask, record, userMessage } from '../support/chat-harness.ts';

describe('the conversation of an element', () => {
  afterEach(() => Chat.cleanUp());

  it('is the one that its attributes name', async () => {
    const chat = await Chat.place({ token: 'secret' });

    expect(chat.store.options).to.include({ host: 'relay.test', threadId: 'thread-1', token: 'secret' });
    expect(chat.store.asked('connect')).to.have.length(1);
  });

  it('is asked of the page itself where neither host nor script says otherwise', async () => {
    const chat = await Chat.place({ host: '' });

    expect(chat.store.options.host).to.equal(location.origin);
  });

  for (const [property, value] of [
    ['threadId', 'thread-2'],
    ['host', 'other.test'],
    ['token', 'another'],
  ] as const) {
    it(`is another one when ${property} changes`, async () => {
      const chat = await Chat.open([userMessage('Old')]);
      const [old] = chat.stores;
      chat.element[property] = value;
      await chat.drawn();

      expect(chat.stores).to.have.length(2);
      expect(old?.asked('disconnect')).to.have.length(1);
      expect(chat.turns).to.deep.equal([]);
    });
  }

  it('[F43] changes once for several attributes that are set together', async () => {
    const chat = await Chat.open();
    chat.element.threadId = 'thread-2';
    chat.element.threadId = 'thread-3';
    chat.element.host = 'other.test';
    await chat.drawn();

    expect(chat.stores.map(({ options }) => options.threadId)).to.deep.equal(['thread-1', 'thread-3']);
  });

  it('[F43] does not draw or tell what still arrives for the one before', async () => {
    const chat = await Chat.open();
    const [old] = chat.stores;
    chat.element.threadId = 'thread-2';
    await chat.drawn();
    const heard = record(chat.element, 'ivy-message', 'ivy-history');
    old?.receive({ type: 'message', ...userMessage('Late') });
    await chat.drawn();

    expect(chat.turns).to.deep.equal([]);
    expect(heard).to.deep.equal([]);
  });

  it('[F44] goes on when the element is moved, draft and all', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    await chat.type('A draft');
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(chat.element);
    await nextTask();
    await nextTask();

    expect(chat.stores).to.have.length(1);
    expect(chat.store.asked('disconnect')).to.deep.equal([]);
    expect(chat.field.value).to.equal('A draft');
    expect(chat.turns).to.deep.equal(['Hi']);
    elsewhere.remove();
  });

  it('[F44] goes on drawing after a move in the middle of an answer', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'One', messageId: 'a', offset: 0 });
    await chat.drawn();
    document.body.prepend(chat.element);
    chat.store.receive({ type: 'token', content: ' two', messageId: 'a', offset: 3 });
    await chat.drawn();

    expect(chat.turns).to.deep.equal(['Hi', 'One two']);
  });

  it('[F44] ends when the element is removed, and begins anew when it is put back', async () => {
    const chat = await Chat.open();
    chat.element.remove();
    await nextTask();
    await nextTask();
    expect(chat.store.asked('disconnect')).to.have.length(1);
    expect(chat.store.subscribers).to.equal(0);
    document.body.append(chat.element);
    await chat.drawn();

    expect(chat.stores).to.have.length(2);
    expect(chat.store.asked('connect')).to.have.length(1);
  });

  it('is not begun again when getToken is replaced, and asks the new one', async () => {
    const chat = await Chat.place();
    chat.element.getToken = () => Promise.resolve('first');
    await chat.drawn();
    const stores = chat.stores.length;
    chat.element.getToken = (previous) => Promise.resolve(`after ${String(previous)}`);
    await chat.drawn();

    expect(chat.stores).to.have.length(stores);
    expect(await chat.store.options.getToken?.('first')).to.equal('after first');
  });

  it('[F46] hears of the network coming back', async () => {
    const chat = await Chat.open();
    dispatchEvent(new Event('online'));

    expect(chat.store.asked('wake')).to.have.length(1);
  });

  it('[F46] hears that the page is looked at again, not that it is left', async () => {
    const chat = await Chat.open();
    for (const state of ['hidden', 'visible']) {
      expect(chat.store.asked('wake')).to.deep.equal([]);
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }
    Reflect.deleteProperty(document, 'visibilityState');

    expect(chat.store.asked('wake')).to.have.length(1);
  });

  it('gives its connection up with the page, and takes it up again on the way back', async () => {
    const chat = await Chat.open();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(chat.store.asked('suspend')).to.have.length(1);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(chat.store.asked('wake')).to.deep.equal([]);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

    expect(chat.store.asked('wake')).to.have.length(1);
  });

  it('leaves no listener on the page behind', async () => {
    const chat = await Chat.open();
    chat.element.remove();
    dispatchEvent(new Event('online'));
    dispatchEvent(new PageTransitionEvent('pagehide'));

    expect(chat.store.requests.map(({ kind }) => kind)).to.deep.equal(['connect']);
  });

  it('is not begun without a thread, and says what is missing', async () => {
    const chat = await Chat.place({ 'thread-id': '' });
    const heard = record(chat.element, 'ivy-error');
    await chat.drawn();

    expect(chat.stores).to.deep.equal([]);
    expect(chat.textOf('[part=empty]')).to.contain('<ivy-chat thread-id="…">');
    expect(chat.element.error).to.equal(undefined);
    expect(heard).to.deep.equal([]);
  });

  it('is not begun with a thread id that no relay takes, and tells both reader and page once', async () => {
    const chat = await Chat.open();
    const heard = record(chat.element, 'ivy-error');
    chat.element.threadId = '../../etc';
    await chat.drawn();
    chat.element.heading = 'Anything';
    await chat.drawn();

    expect(heard.map(({ error }) => error.code)).to.deep.equal(['bad_frame']);
    expect(chat.element.error?.code).to.equal('bad_frame');
    expect(chat.textOf('[part=empty]')).to.contain('cannot be used').and.to.contain('../../etc');
    expect(chat.store.asked('disconnect')).to.have.length(1);
  });

  it('is not begun with a host that cannot be read', async () => {
    const chat = await Chat.place({ host: 'relay.test:port' });

    expect(chat.stores).to.deep.equal([]);
    expect(chat.textOf('[part=empty]')).to.contain('relay.test:port');
  });
});

describe('what a page can ask of the element', () => {
  afterEach(() => Chat.cleanUp());

  it('reads the state', async () => {
    const messages = [userMessage('Hi'), answer('Hello')];
    const chat = await Chat.open(messages);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'More', messageId: 'a', offset: 0 });

    expect(chat.element.messages).to.deep.equal(messages);
    expect(chat.element).to.include({ isStreaming: true, streamingContent: 'More', connected: true });
  });

  it('passes requests on', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.element.sendMessage('From the page');
    chat.element.sendMessage('  ');
    chat.element.stop();
    chat.element.retry('user-9');
    chat.element.clearMessages();
    await chat.drawn();

    expect(chat.store.requests.slice(1)).to.deep.equal([
      { kind: 'send', argument: 'From the page' },
      { kind: 'stop' },
      { kind: 'retry', argument: 'user-9' },
      { kind: 'clear' },
    ]);
  });

  it('sends to the thread that was set last, also in the same task', async () => {
    const chat = await Chat.open();
    chat.element.threadId = 'thread-2';
    chat.element.sendMessage('For the second');
    await chat.drawn();

    expect(chat.stores.map((store) => store.asked('send'))).to.deep.equal([[], ['For the second']]);
  });

  it('tells each thing that happens, with what it was, to listeners above', async () => {
    const chat = await Chat.place();
    const heard = record(
      document.body,
      'ivy-connection-change',
      'ivy-history',
      'ivy-message',
      'ivy-streaming-change',
      'ivy-token',
      'ivy-done',
      'ivy-error',
    );
    const question = userMessage('Hi', 'u1');
    chat.store.open([]);
    chat.store.receive({ type: 'message', ...question });
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a1' });
    chat.store.receive({ type: 'token', content: 'Hel', messageId: 'a1', offset: 0 });
    chat.store.receive({ type: 'done', messageId: 'a1', fullContent: 'Hel', status: 'failed' });
    chat.store.receive({ type: 'error', message: 'Timed out', code: 'upstream_timeout', messageId: 'a1' });

    expect(heard.map((event) => ({ type: event.type, ...own(event) }))).to.deep.equal([
      { type: 'ivy-history', messages: [] },
      { type: 'ivy-connection-change', connected: true },
      { type: 'ivy-message', message: question },
      { type: 'ivy-streaming-change', isStreaming: true },
      { type: 'ivy-token', content: 'Hel' },
      { type: 'ivy-done', messageId: 'a1', fullContent: 'Hel', status: 'failed' },
      { type: 'ivy-streaming-change', isStreaming: false },
      {
        type: 'ivy-error',
        error: {
          code: 'upstream_timeout',
          message: 'Timed out',
          retryable: false,
          messageId: 'a1',
          retryAfterMs: undefined,
        },
      },
    ]);
  });

  it('tells of the end of the connection when the conversation is swapped', async () => {
    const chat = await Chat.open();
    const heard = record(chat.element, 'ivy-connection-change');
    chat.element.threadId = 'thread-2';
    await chat.drawn();

    expect(heard.map(({ connected }) => connected)).to.deep.equal([false]);
  });

  it('clears only after the reader has confirmed it', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    await chat.click('.clear');
    expect(chat.root.activeElement).to.equal(chat.get('.cancel'));
    await chat.click('.cancel');
    expect(chat.store.asked('clear')).to.deep.equal([]);
    expect(chat.root.activeElement).to.equal(chat.get('.clear'));
    await chat.click('.clear');
    await chat.click('.button.danger');

    expect(chat.store.asked('clear')).to.have.length(1);
    expect(chat.find('[part=confirmation]')).to.equal(null);
  });
});

/** The fields that our classes add: `isTrusted` is the browser's own. */
function own(event: Event): object {
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'isTrusted'));
}
