/** What a reader sees whose token lets them read only, and what a newer token changes (rule H7). */
import { expect } from 'chai';
import { answer, Chat, record, userMessage } from '../support/chat-harness.ts';

const READ_ONLY = 'You can only read here.';
const GET_TOKEN = (): Promise<string> => Promise.resolve('token');

/** Connected with a token that is good for reading. */
async function spectator(...[messages, attributes]: Parameters<typeof Chat.open>): Promise<Chat> {
  const chat = await Chat.open(messages, { token: 'read', ...attributes });
  chat.store.set({ canWrite: false });
  await chat.drawn();
  return chat;
}

describe('a spectator', () => {
  afterEach(() => Chat.cleanUp());

  it('[A2] finds the composer closed, with the reason in it', async () => {
    const chat = await spectator();

    expect(chat.field).to.include({ readOnly: true, placeholder: READ_ONLY });
    expect(chat.field.getAttribute('aria-disabled')).to.equal('true');
    expect(chat.get('[part=send-button]')).to.have.property('disabled', true);
    await chat.type('May I?');
    await chat.press('Enter');
    expect(chat.store.asked('send')).to.deep.equal([]);
  });

  it('[A2] keeps a draft from before, and reads the reason below it', async () => {
    const chat = await Chat.open();
    await chat.type('Not sent yet');
    chat.store.set({ canWrite: false });
    await chat.drawn();

    expect(chat.field.value).to.equal('Not sent yet');
    expect(chat.textOf('.composer-note')).to.equal(READ_ONLY);
  });

  it('[A2] sees an answer grow, and is offered no Stop', async () => {
    const chat = await spectator([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'Growing', messageId: 'a', offset: 0 });
    await chat.drawn();

    expect(chat.turns).to.deep.equal(['Hi', 'Growing']);
    expect(chat.find('[part=stop-button]') === null).to.equal(true);
  });

  it('[A2] is offered no Clear', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('Hello')]);
    expect(chat.get('[part=clear-button]').hidden).to.equal(false);
    chat.store.set({ canWrite: false });
    await chat.drawn();

    expect(chat.find('[part=clear-button]:not([hidden], [disabled])') === null).to.equal(true);
  });

  it('[A2] sees why an answer failed, and is offered no second try', async () => {
    const failed = answer('', { status: 'failed', error: { code: 'upstream_unreachable' } });
    const chat = await Chat.open([userMessage('Hi'), failed]);
    expect(chat.find('[part=problem] button') === null).to.equal(false);
    chat.store.set({ canWrite: false });
    await chat.drawn();

    expect(chat.textOf('[part=problem]')).not.to.equal('');
    expect(chat.find('[part=problem] button') === null).to.equal(true);
  });

  it('[A2] sees the suggestions of the page, and cannot press them', async () => {
    const chat = await spectator([], { suggestions: 'One|Two' });
    const chips = [...chat.root.querySelectorAll<HTMLButtonElement>('[part=suggestion]')];

    expect(chips.map(({ disabled }) => disabled)).to.deep.equal([true, true]);
    await chat.click('[part=suggestion]');
    expect(chat.store.asked('send')).to.deep.equal([]);
  });

  it('[A2] may load what is above, which is only reading', async () => {
    const chat = await Chat.place({ token: 'read' });
    chat.store.set({ canWrite: false });
    chat.store.open([userMessage('Hi'), answer('Hello')], 'older');
    await chat.drawn();

    expect(chat.store.asked('loadOlder')).to.have.length(1);
  });

  it('[H7] becomes a writer with a newer token, in the same place', async () => {
    const chat = await spectator([userMessage('Hi'), answer('Hello')]);
    chat.store.set({ canWrite: true });
    await chat.drawn();
    await chat.type('Now I may');
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal(['Now I may']);
    expect(chat.find('[part=clear-button]:not([hidden], [disabled])') === null).to.equal(false);
  });
});

describe('a newer token', () => {
  afterEach(() => Chat.cleanUp());

  it('[F41] renews, and keeps conversation, draft and place', async () => {
    const long = Array.from({ length: 40 }, (_, index) => answer(`Answer ${String(index)}\n\n- a\n- b`));
    const chat = await Chat.open(long, { token: 'first' });
    const told = record(chat.element, 'ivy-connection-change', 'ivy-history');
    await chat.type('Not sent yet');
    chat.scroller.scrollTop = 500;
    await chat.drawn();
    const [place, turns] = [chat.scroller.scrollTop, chat.turns];
    chat.element.setAttribute('token', 'second');
    await chat.drawn();

    expect(chat.stores).to.have.length(1);
    expect(chat.store.requests).to.deep.equal([{ kind: 'connect' }, { kind: 'renew', argument: 'second' }]);
    expect(chat.field.value).to.equal('Not sent yet');
    expect(chat.scroller.scrollTop).to.equal(place);
    expect(chat.turns).to.deep.equal(turns);
    expect(told).to.deep.equal([]);
  });

  it('[F41] is passed on once, whatever else is drawn', async () => {
    const chat = await Chat.open([], { token: 'first' });
    chat.element.token = 'second';
    await chat.drawn();
    chat.element.heading = 'Help';
    await chat.drawn();
    chat.element.token = 'second';
    await chat.drawn();

    expect(chat.store.asked('renew')).to.deep.equal(['second']);
  });

  it('[F41] gives a conversation that was refused another try, and nothing else does', async () => {
    const chat = await Chat.open([userMessage('Hi')], { token: 'first' });
    chat.store.set({ connection: 'refused' });
    await chat.drawn();
    expect(chat.field.readOnly).to.equal(true);
    chat.element.token = 'second';
    await chat.drawn();
    chat.store.set({ connection: 'open' });
    await chat.drawn();

    expect(chat.stores).to.have.length(1);
    expect(chat.store.asked('renew')).to.deep.equal(['second']);
    expect(chat.field.readOnly).to.equal(false);
  });

  it('[A4] together with another thread belongs to that one', async () => {
    const chat = await Chat.open([], { token: 'first' });
    chat.element.threadId = 'thread-2';
    chat.element.token = 'second';
    await chat.drawn();

    expect(chat.stores.map(({ options: { threadId, token } }) => [threadId, token])).to.deep.equal([
      ['thread-1', 'first'],
      ['thread-2', 'second'],
    ]);
    expect(chat.stores.flatMap((store) => store.asked('renew'))).to.deep.equal([]);
  });

  it('[A4] where there was none, and none where there was one, make another conversation', async () => {
    const chat = await Chat.open();
    chat.element.token = 'first';
    await chat.drawn();
    chat.element.token = null;
    await chat.drawn();

    expect(chat.stores.map(({ options: { token } }) => token)).to.deep.equal([undefined, 'first', undefined]);
    expect(chat.stores.slice(0, 2).map((store) => store.asked('disconnect').length)).to.deep.equal([1, 1]);
  });
});

describe('getToken', () => {
  afterEach(() => Chat.cleanUp());

  it('[F41] set and unset makes another conversation, which asks it or does not', async () => {
    const chat = await Chat.open();
    chat.element.getToken = GET_TOKEN;
    await chat.drawn();
    chat.element.getToken = undefined;
    await chat.drawn();

    const asks = chat.stores.map(({ options: { getToken } }) => getToken !== undefined);
    expect(asks).to.deep.equal([false, true, false]);
  });

  it('[F41] replaced keeps the conversation, and the newest is asked', async () => {
    const chat = await Chat.open();
    chat.element.getToken = GET_TOKEN;
    await chat.drawn();
    const asked: (string | undefined)[] = [];
    chat.element.getToken = (previous) => {
      asked.push(previous);
      return Promise.resolve('newest');
    };
    await chat.drawn();

    expect(chat.stores).to.have.length(2);
    expect(await chat.store.options.getToken?.('older')).to.equal('newest');
    expect(asked).to.deep.equal(['older']);
  });

  it('[A16] is never asked for a relay that others can listen to', async () => {
    let asked = 0;
    const chat = await Chat.place({ host: 'http://relay.example' });
    chat.element.getToken = () => {
      asked += 1;
      return Promise.resolve('token');
    };
    await chat.drawn();

    expect(chat.stores).to.have.length(1);
    expect(chat.store.asked('disconnect')).to.have.length(1);
    expect([asked, chat.element.error?.message]).to.deep.equal([
      0,
      'with a token, host takes an https server: over plain http everybody on the way could read it',
    ]);
    expect(chat.field.readOnly).to.equal(true);
  });
});
