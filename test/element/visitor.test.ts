/** The conversation of a visitor whose page names none. */
import { expect } from 'chai';
import { visitorThread } from '../../widget/visitor-thread.ts';
import { answer, Chat, nextTask, userMessage } from '../support/chat-harness.ts';
import { Heard } from '../support/heard.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const PLACE = 'wss://relay.test';
const KEY = `ivy-chat:thread:${PLACE}`;

let lastHost = 0;

/** A relay that no test has used: what the page remembers outlives a test. */
function freshHost(): string {
  return `relay-${String(++lastHost)}.test`;
}

async function visitor(host = freshHost(), attributes: Parameters<typeof Chat.place>[0] = {}): Promise<Chat> {
  const chat = await Chat.place({ 'thread-id': undefined, host, ...attributes });
  await nextTask();
  await chat.drawn();
  return chat;
}

async function opened(messages = [userMessage('Hi'), answer('Hello')]): Promise<Chat> {
  const chat = await visitor();
  chat.store.open(messages);
  await chat.drawn();
  return chat;
}

const threadOf = (chat: Chat): string => chat.store.options.threadId;

describe('a page that names no thread', () => {
  afterEach(() => Chat.cleanUp());

  it('gives each visitor one that nobody can guess, and says which', async () => {
    const [one, other] = [await visitor(), await visitor()];

    expect(threadOf(one)).to.match(UUID);
    expect(threadOf(one)).not.to.equal(threadOf(other));
    expect(one.element.thread).to.equal(threadOf(one));
    expect(one.element.threadId).to.equal(null);
    expect(one.element.hasAttribute('thread-id')).to.equal(false);
  });

  it('remembers it for every tab, and for each relay apart, however its host is written', async () => {
    const first = await visitor('relay.test');
    const again = await visitor('https://relay.test/');

    expect(threadOf(again)).to.equal(threadOf(first));
    expect(localStorage.getItem(KEY)).to.equal(threadOf(first));
    expect(threadOf(await visitor('other.test'))).not.to.equal(threadOf(first));
  });

  it('tells conversations apart by a key of its own', async () => {
    const host = freshHost();
    const threads = [
      await visitor(host, { 'thread-key': 'sales' }),
      await visitor(host),
      await visitor(host, { 'thread-key': 'sales' }),
    ].map(threadOf);

    expect(threads[0]).to.equal(threads[2]);
    expect(threads[0]).not.to.equal(threads[1]);
  });

  for (const left of ['', '../etc', '{"id":1}', 'x'.repeat(129)]) {
    it(`makes another one where what it remembers is ${left.slice(0, 12) || 'empty'}`, async () => {
      const host = freshHost();
      localStorage.setItem(`ivy-chat:thread:wss://${host}`, left);

      expect(threadOf(await visitor(host))).to.match(UUID);
      expect(localStorage.getItem(`ivy-chat:thread:wss://${host}`)).to.match(UUID);
    });
  }

  it('has one for as long as it is open where the browser keeps nothing', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'localStorage');
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('not here', 'SecurityError');
      },
    });
    try {
      const host = freshHost();
      const threads = [await visitor(host), await visitor(host)].map(threadOf);
      expect(threads[0]).to.match(UUID);
      expect(threads[0]).to.equal(threads[1]);
    } finally {
      if (own !== undefined) Object.defineProperty(window, 'localStorage', own);
      else Reflect.deleteProperty(window, 'localStorage');
    }
  });

  it('makes none for a page that names one in the same task, or that says that it will', async () => {
    const chat = new Chat(document.createElement('ivy-chat'));
    const hosts = [freshHost(), freshHost(), freshHost()];
    chat.element.host = hosts[0] ?? '';
    document.body.append(chat.element);
    // Frameworks set properties a microtask later, which is the same task.
    await Promise.resolve();
    chat.element.threadId = 'thread-1';
    await chat.drawn();
    await Chat.place({ 'thread-id': '', host: hosts[1] });
    const later = await Chat.place({ 'thread-id': '', host: hosts[2] });
    Object.assign(later.element, { threadId: undefined });
    await later.drawn();

    expect(chat.element.thread).to.equal('thread-1');
    expect(later.textOf('[part=empty]')).to.contain('thread-id');
    expect(Object.keys(localStorage).filter((key) => key.startsWith('ivy-chat:thread:'))).to.deep.equal([]);
  });

  it('takes over in the task in which a page stops naming one, with what is sent in it', async () => {
    const chat = await Chat.open();
    await nextTask();
    chat.element.removeAttribute('thread-id');
    chat.element.sendMessage('Hi');
    await chat.element.updateComplete;
    expect(chat.element.thread).to.match(/^[\w-]{20,}$/);
    await chat.drawn();
    expect(chat.textOf('.bubble')).to.equal('Hi');
  });

  it('makes none for a relay that it cannot read', async () => {
    const chat = await visitor('relay.test:port');

    expect(chat.stores).to.deep.equal([]);
    expect(chat.textOf('[part=empty]')).to.contain('relay.test:port');
  });

  it('asks for a token for it', async () => {
    const chat = await visitor();
    const asked: unknown[] = [];
    chat.element.getToken = (previous, threadId) => {
      asked.push([previous, threadId]);
      return Promise.resolve('token');
    };
    await chat.drawn();
    await chat.store.options.getToken?.('older');
    chat.element.newConversation();
    await chat.drawn();
    await chat.store.options.getToken?.(undefined);

    const [, first, second] = chat.stores.map(({ options }) => options.threadId);
    expect(first).not.to.equal(second);
    expect(asked).to.deep.equal([
      ['older', first],
      [undefined, second],
    ]);
  });

  it('follows another tab that has begun a new conversation', async () => {
    const host = freshHost();
    const chat = await visitor(host);
    const id = crypto.randomUUID();
    localStorage.setItem(`ivy-chat:thread:wss://${host}`, id);
    dispatchEvent(new StorageEvent('storage', { key: null }));
    await chat.drawn();

    expect(chat.stores).to.have.length(2);
    expect(chat.element.thread).to.equal(id);
  });

  it('keeps its conversation when the page empties its storage', async () => {
    const chat = await opened();
    localStorage.clear();
    dispatchEvent(new StorageEvent('storage', { key: null }));
    await chat.drawn();

    expect(chat.stores).to.have.length(1);
    expect(visitorThread(`wss://${chat.element.host ?? ''}`)).to.equal(chat.element.thread);
  });

  it('leaves nothing behind that listens', async () => {
    const chat = await opened();
    chat.element.remove();
    await nextTask();
    dispatchEvent(new StorageEvent('storage', { key: null }));

    expect(chat.element.isUpdatePending).to.equal(false);
  });
});

describe('a new conversation', () => {
  afterEach(() => Chat.cleanUp());

  it('is offered where the conversation is the visitor’s own, and nowhere else', async () => {
    const named = await Chat.open([userMessage('Hi')]);
    expect(named.find('[part=new-button]') === null).to.equal(true);
    const own = await opened();

    expect(own.get('[part=new-button]').getAttribute('aria-label')).to.equal('New conversation');
  });

  it('needs something to leave', async () => {
    const chat = await opened([]);

    expect(chat.get('[part=new-button]')).to.have.property('disabled', true);
  });

  it('comes after a question, with the caret where one writes and the draft kept', async () => {
    const chat = await opened();
    await chat.type('Something else');
    await chat.click('[part=new-button]');
    expect(chat.textOf('.confirmation-title')).to.equal('Start a new conversation?');
    expect(chat.root.activeElement).to.equal(chat.get('.cancel'));
    await chat.click('.go');
    chat.store.open([]);
    await chat.drawn();

    expect(chat.stores.map(({ options }) => options.threadId)).to.have.length(2);
    expect(chat.turns).to.deep.equal([]);
    expect(chat.field.value).to.equal('Something else');
    expect(chat.field.getRootNode()).to.have.property('activeElement', chat.field);
    expect(chat.stores.flatMap((store) => store.asked('clear'))).to.deep.equal([]);
  });

  it('does not come when the reader thinks better of it', async () => {
    const chat = await opened();
    await chat.click('[part=new-button]');
    await chat.click('.cancel');

    expect(chat.stores).to.have.length(1);
    expect(chat.root.activeElement).to.equal(chat.get('[part=new-button]'));
  });

  it('leaves the old one as it is, for all chats that were in it', async () => {
    const host = freshHost();
    const [one, other] = [await visitor(host), await visitor(host)];
    const before = one.element.thread;
    one.element.newConversation();
    await one.drawn();
    await other.drawn();

    expect(one.element.thread).not.to.equal(before);
    expect(other.element.thread).to.equal(one.element.thread);
    expect(localStorage.getItem(`ivy-chat:thread:wss://${host}`)).to.equal(one.element.thread);
    expect(visitorThread(`wss://${host}`)).to.equal(one.element.thread);
  });

  it('is nothing that a page can ask for where it has named the thread', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.element.newConversation();
    await chat.drawn();

    expect(chat.stores).to.have.length(1);
  });

  it('is said to who cannot see it', async () => {
    const heard = new Heard();
    const chat = await opened();
    chat.element.newConversation();
    await heard.until(1);
    heard.stop();

    expect(heard.texts).to.deep.equal(['New conversation']);
  });
});
