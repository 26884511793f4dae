import { expect } from 'chai';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';

const long = (words: string): string => `${words}\n\n`.repeat(40);

describe('the transcript', () => {
  afterEach(() => Chat.cleanUp());

  it('greets when there is nothing in it, and not before that is known', async () => {
    const chat = await Chat.place({ greeting: 'Ask me' });
    expect(chat.find('[part=empty]')).to.equal(null);
    chat.store.open();
    await chat.drawn();

    expect(chat.textOf('[part=empty]')).to.equal('Ask me');
  });

  it('draws what people wrote as it is, and what the assistant wrote as markdown', async () => {
    const chat = await Chat.open([userMessage('**not** bold\n<b>x</b>'), answer('**bold**')]);

    expect(chat.get('.bubble').textContent).to.equal('**not** bold\n<b>x</b>');
    expect(chat.get('.markdown strong').textContent).to.equal('bold');
  });

  it('says of a message whether it is on its way or waits for its turn', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('Hello')]);
    const pending = [{ id: 'p', content: 'More', timestamp: 1, state: 'sending', code: undefined } as const];
    chat.store.set({ pending });
    await chat.drawn();
    expect(chat.textOf('[data-turn=p] .meta')).to.equal('Sending…');
    chat.store.set({ connection: 'reconnecting' });
    await chat.drawn();
    expect(chat.textOf('[data-turn=p] .meta')).to.equal('Not sent yet');
  });

  it('draws what broke off without the markers that nothing closed', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('One **half', { status: 'stopped' })]);

    expect(chat.get('.markdown').textContent).to.equal('One half');
    expect(chat.get('.markdown strong').textContent).to.equal('half');
  });

  it('draws growing text without touching the list around it', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('Hello'), userMessage('More')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'Word', messageId: 'a', offset: 0 });
    await chat.drawn();
    const live = chat.get('[data-turn=a]');
    const touched: Node[] = [];
    const observer = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    observer.observe(chat.root, { subtree: true, childList: true, characterData: true, attributes: true });
    for (let index = 0; index < 20; index += 1) {
      chat.store.receive({ type: 'token', content: ' word', messageId: 'a', offset: 4 + index * 5 });
      await chat.drawn();
    }
    touched.push(...observer.takeRecords().map(({ target }) => target));
    observer.disconnect();

    expect(touched).to.have.length.greaterThan(0);
    expect(touched.filter((node) => !live.contains(node))).to.deep.equal([]);
    expect(live.textContent).to.contain('Word word word');
  });

  it('draws at most once a frame, however many tokens come in it', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'x', messageId: 'a', offset: 0 });
    await chat.drawn();
    const text = chat.get('[data-turn=a] .markdown');
    for (let offset = 1; offset < 100; offset += 1) {
      chat.store.receive({ type: 'token', content: 'x', messageId: 'a', offset });
    }
    expect(text.textContent).to.equal('x');
    await chat.drawn();

    expect(text.textContent).to.equal('x'.repeat(100));
  });

  it('keeps the nodes of an answer when it is finished', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'First.\n\nSec', messageId: 'a', offset: 0 });
    await chat.drawn();
    const paragraph = chat.get('[data-turn=a] p');
    chat.store.receive({
      type: 'done',
      messageId: 'a',
      fullContent: 'First.\n\nSecond.',
      status: 'complete',
    });
    await chat.drawn();

    expect(chat.get('[data-turn=a] p')).to.equal(paragraph);
    expect(chat.turns.at(-1)).to.contain('Second.');
  });

  it('draws each turn once where somebody has put copies of one beside it and in its place', async () => {
    const messages = [userMessage('One'), answer('Two')];
    const chat = await Chat.open(messages);
    const row = chat.get('.turn');
    row.after(row.cloneNode(true));
    row.replaceWith(row.cloneNode(true));

    for (const locale of ['es', 'en']) {
      chat.element.locale = locale;
      await chat.drawn();
      expect(chat.turns).to.deep.equal(['One', 'Two']);
    }
  });

  it('shows that an answer is on its way until its first token', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    expect(chat.find('.dots')).not.to.equal(null);
    expect(chat.textOf('[part=typing]')).to.equal('Thinking…');
    chat.store.receive({ type: 'token', content: 'x', messageId: 'a', offset: 0 });
    await chat.drawn();

    expect(chat.find('.dots')).to.equal(null);
  });

  it("draws an original relay's answer, which has no name until it is done", async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true });
    chat.store.receive({ type: 'token', content: 'Hel' });
    await chat.drawn();
    expect(chat.turns).to.deep.equal(['Hi', 'Hel']);
    chat.store.receive({ type: 'done', messageId: 'a', fullContent: 'Hello', status: 'complete' });
    await chat.drawn();

    expect(chat.turns).to.deep.equal(['Hi', 'Hello']);
  });

  it('[F04] draws a message before it is confirmed, and keeps its bubble when it is', async () => {
    const chat = await Chat.open();
    await chat.type('Hello');
    await chat.press('Enter');
    const bubble = chat.get('.turn.sending .bubble');
    chat.store.receive({ type: 'message', ...userMessage('Hello', 'pending-1') });
    await chat.drawn();

    expect(chat.get('.turn.sent .bubble')).to.equal(bubble);
    expect(chat.turns).to.deep.equal(['Hello']);
  });

  it('says why a message was refused, and sends it again or forgets it', async () => {
    const chat = await Chat.open();
    chat.store.addPending({ id: 'p', content: 'Hi', timestamp: 0, state: 'failed', code: 'rate_limited' });
    await chat.drawn();
    expect(chat.textOf('.turn.failed .reason')).to.equal(
      'Not sent. Too many messages in a short time. Wait a moment.',
    );
    await chat.click('.turn.failed .action:first-child');
    await chat.click('.turn.failed .action:last-child');

    expect(chat.store.asked('resend')).to.deep.equal(['p']);
    expect(chat.store.asked('discard')).to.deep.equal(['p']);
  });

  it('[F07] [F11] says how each answer broke off, and offers to try again only after the last', async () => {
    const chat = await Chat.open([
      userMessage('1'),
      answer('Partly', { status: 'stopped' }),
      userMessage('2'),
      answer('Partly', { status: 'interrupted' }),
      userMessage('3'),
      answer('', { status: 'failed', error: { code: 'upstream_unreachable' } }),
    ]);
    const reasons = [...chat.root.querySelectorAll('.reason')].map(({ textContent }) => textContent.trim());

    expect(reasons).to.deep.equal([
      'Answer stopped',
      'The connection to the assistant was lost before the answer was complete.',
      'The assistant cannot be reached right now.',
    ]);
    expect(chat.root.querySelectorAll('.action')).to.have.length(1);
    await chat.click('.action');
    expect(chat.store.asked('retry')).to.deep.equal([undefined]);
    chat.store.set({ connection: 'reconnecting' });
    await chat.drawn();
    expect(chat.find('.action')).to.equal(null);
  });

  it('[F12] [F35] shows one failure once, in words of its own, whether it was seen or is read later', async () => {
    const error = {
      message: 'Traceback',
      code: 'upstream_rejected',
      messageId: 'a',
      retryable: true,
    } as const;
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'done', messageId: 'a', fullContent: '', status: 'failed' });
    chat.store.receive({ type: 'error', ...error });
    chat.store.receive({ type: 'streaming', isStreaming: false, messageId: 'a' });
    await chat.drawn();
    const failures = (): readonly string[] =>
      [...chat.root.querySelectorAll('.turn .problem .reason, [part=error], [part=typing]')].map(
        ({ textContent }) => textContent.trim(),
      );
    const live = failures();
    chat.store.open(chat.store.snapshot.messages);
    await chat.drawn();

    expect(live).to.deep.equal(['The assistant did not accept the request.']);
    expect(failures()).to.deep.equal(live);
  });

  it('shows an error that belongs to no message above the composer', async () => {
    const chat = await Chat.open();
    const error = { message: '', retryable: true, messageId: undefined, retryAfterMs: undefined };
    chat.store.set({ error: { ...error, code: 'storage_failed' } });
    await chat.drawn();

    expect(chat.textOf('[part=error]')).to.equal('The conversation could not be saved.');
  });
});

describe('the scroll position', () => {
  afterEach(() => Chat.cleanUp());

  const distanceToEnd = ({ scroller }: Chat): number =>
    Math.round(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);

  const scrollTo = async (chat: Chat, top: number): Promise<void> => {
    chat.scroller.scrollTop = top;
    await chat.drawn();
  };

  it('begins at the end, and stays there while text comes in', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    expect(distanceToEnd(chat)).to.equal(0);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: long('More'), messageId: 'a', offset: 0 });
    await chat.drawn();

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('stays with a reader who has scrolled up, and offers the way back', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    await scrollTo(chat, chat.scroller.scrollTop - 5);
    const top = chat.scroller.scrollTop;
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: long('More'), messageId: 'a', offset: 0 });
    await chat.drawn();
    expect(chat.scroller.scrollTop).to.equal(top);
    expect(chat.find('.jump')).not.to.equal(null);
    chat.scroller.scrollTop = chat.scroller.scrollHeight;
    await chat.drawn();

    expect(chat.find('.jump')).to.equal(null);
  });

  it('goes to the end when the reader sends', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    await scrollTo(chat, 0);
    await chat.type('Next');
    await chat.press('Enter');

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('keeps what is read in its place when older messages come in above', async () => {
    const chat = await Chat.place();
    chat.store.open([userMessage(long('Newer'), 'n1'), answer(long('Newer'))], 'n1');
    await chat.drawn();
    await scrollTo(chat, 0);
    const top = chat.get('[data-turn=n1]').getBoundingClientRect().top;
    await chat.click('.older');
    expect(chat.store.asked('loadOlder')).to.have.length(1);
    expect(chat.get('.older').getAttribute('aria-disabled')).to.equal('true');
    chat.store.receive({
      type: 'history',
      mode: 'page',
      messages: [userMessage(long('Older')), answer('Older')],
    });
    await chat.drawn();

    expect(chat.get('[data-turn=n1]').getBoundingClientRect().top).to.be.closeTo(top, 1);
    expect(chat.find('.older')).to.equal(null);
  });

  it('[F44] survives a move of the element', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    await scrollTo(chat, 300);
    document.body.prepend(chat.element);
    await chat.drawn();

    expect(chat.scroller.scrollTop).to.equal(300);
  });
});
