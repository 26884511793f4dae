import { expect } from 'chai';
import { MESSAGE_MAX_CHARS } from '#protocol';
import { Chat, nextTask, userMessage } from '../support/chat-harness.ts';
import { Heard, liveRegions } from '../support/heard.ts';
import { restoreMedia, sayMedia } from '../support/media.ts';

const SMALL = '(max-width: 480px), (max-height: 420px)';

describe('what is announced', () => {
  let heard: Heard;

  beforeEach(() => {
    heard = new Heard();
  });

  afterEach(async () => {
    heard.stop();
    restoreMedia();
    await Chat.cleanUp();
  });

  const answerFully = (chat: Chat, text: string, id = 'a'): void => {
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: id });
    chat.store.receive({ type: 'token', content: text, messageId: id, offset: 0 });
    chat.store.receive({ type: 'done', messageId: id, fullContent: text, status: 'complete' });
    chat.store.receive({ type: 'streaming', isStreaming: false, messageId: id });
  };

  it('says in the page’s own tree what was sent and answered, in order, once, in its language', async () => {
    const chat = await Chat.open([], { locale: 'pt-BR' });
    await chat.type('Oi');
    await chat.press('Enter');
    chat.store.receive({ type: 'message', ...userMessage('Oi', 'pending-1') });
    answerFully(chat, '**Olá** você');
    await heard.until(3);
    await chat.drawn();

    expect(heard.all).to.deep.equal(
      ['Você: Oi', 'Escrevendo uma resposta…', 'Assistente: Olá você'].map((text) => ({
        urgency: 'polite',
        text,
        lang: 'pt-BR',
      })),
    );
  });

  it('has no live region but those two, and nothing in them while an answer is being written', async () => {
    const chat = await Chat.open();
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await heard.until(1);
    for (let offset = 0; offset < 20; offset += 1) {
      chat.store.receive({ type: 'token', content: 'x', messageId: 'a', offset });
      await chat.drawn();
    }

    expect(heard.texts).to.deep.equal(['Writing an answer…']);
    expect(chat.root.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')).to.have.length(
      0,
    );
    expect(liveRegions().map((region) => region.getAttribute('aria-live'))).to.deep.equal([
      'polite',
      'assertive',
    ]);
  });

  it('interrupts with an error', async () => {
    const chat = await Chat.open();
    chat.store.receive({ type: 'error', message: 'no', code: 'busy' });
    await heard.until(1);

    expect(heard.all).to.deep.equal([
      { urgency: 'assertive', text: 'Another answer is still being written.', lang: 'en' },
    ]);
  });

  it('says sentences as they come, where the page wants them', async () => {
    const chat = await Chat.open([], { announce: 'sentences' });
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: 'One. Tw', messageId: 'a', offset: 0 });
    await heard.until(2);
    chat.store.receive({ type: 'done', messageId: 'a', fullContent: 'One. Two.', status: 'complete' });
    await heard.until(3);

    expect(heard.texts).to.deep.equal(['Writing an answer…', 'One.', 'Two. Answer complete.']);
  });

  it('shares the regions with another chat, and says once what both say at the same time', async () => {
    const one = await Chat.open();
    const other = await Chat.open([], { 'thread-id': 'thread-2' });
    answerFully(one, 'First');
    answerFully(other, 'Second');
    await heard.until(3);
    await one.drawn();

    expect(heard.texts).to.deep.equal([
      'Writing an answer…',
      'Assistant said: First',
      'Assistant said: Second',
    ]);
    expect(liveRegions()).to.have.length(2);
  });

  it('takes the regions away with the last chat', async () => {
    const one = await Chat.open();
    const other = await Chat.open();
    one.element.remove();
    await nextTask();
    expect(liveRegions()).to.have.length(2);
    other.element.remove();
    await nextTask();

    expect(liveRegions()).to.have.length(0);
  });

  it('[F44] goes on in the same regions after a move, and says nothing for it', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    const before = liveRegions();
    const place = document.createElement('div');
    document.body.append(place);
    place.append(chat.element);
    await chat.drawn();
    expect(liveRegions()).to.deep.equal(before);
    expect(heard.texts).to.deep.equal([]);
    answerFully(chat, 'Here');
    await heard.until(2);
    place.remove();

    expect(heard.texts).to.deep.equal(['Writing an answer…', 'Assistant said: Here']);
  });

  it('makes the regions again that the page has deleted, and waits until they are known', async () => {
    const chat = await Chat.open();
    for (const region of liveRegions()) region.remove();
    answerFully(chat, 'Still here');
    const regions = liveRegions();
    expect(regions.map(({ textContent }) => textContent)).to.deep.equal(['', '']);
    await heard.until(2);

    expect(heard.texts.at(-1)).to.equal('Assistant said: Still here');
    expect(regions.every(({ isConnected }) => isConnected)).to.equal(true);
  });

  it('speaks inside the dialog that the chat is in, where alone it is heard', async () => {
    const chat = await Chat.open();
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    const host = document.createElement('div');
    dialog.append(host);
    host.attachShadow({ mode: 'open' }).append(chat.element);
    dialog.showModal();
    await chat.drawn();
    expect(liveRegions().map(({ parentNode }) => parentNode)).to.deep.equal([dialog, dialog]);
    answerFully(chat, 'In here');
    await heard.until(2);
    document.body.append(chat.element);
    await chat.drawn();
    dialog.remove();

    expect(heard.texts.at(-1)).to.equal('Assistant said: In here');
    expect(liveRegions().map(({ parentNode }) => parentNode)).to.deep.equal([document.body, document.body]);
  });

  it('speaks inside its own panel where that keeps the page around it from being heard', async () => {
    sayMedia({ [SMALL]: true });
    const chat = await Chat.open([], { launcher: '' });
    expect(liveRegions()).to.have.length(2);
    chat.element.show();
    await chat.drawn();
    expect(liveRegions()).to.have.length(0);
    expect(liveRegions(chat.root).map(({ parentNode }) => parentNode)).to.deep.equal([
      chat.get('[aria-modal]'),
      chat.get('[aria-modal]'),
    ]);
    chat.element.hide();
    await chat.drawn();

    expect(liveRegions(chat.root)).to.have.length(0);
    expect(liveRegions()).to.have.length(2);
  });

  it('is drawn, takes no room and is not in the way', async () => {
    const full = document.createElement('div');
    full.style.cssText = 'block-size: 100vh';
    document.body.style.margin = '0';
    document.body.append(full);
    const heights = (): number => document.documentElement.scrollHeight;
    const before = heights();
    const chat = await Chat.open([], { launcher: '' });
    const [polite] = liveRegions();
    const { width, height } = polite?.getBoundingClientRect() ?? new DOMRect();
    const after = heights();
    document.body.style.margin = '';
    full.remove();

    expect([width, height]).to.deep.equal([1, 1]);
    expect(after).to.equal(before);
    expect(polite?.getAttribute('style')).not.to.contain('display');
    expect(chat.element.children).to.have.length(0);
  });

  it('says that something was copied, which the button shows and nothing else says', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.resolve() },
    });
    const chat = await Chat.open([userMessage('Hi')]);
    await chat.click('.copy-turn');
    await heard.until(1);
    Reflect.deleteProperty(navigator, 'clipboard');

    expect(heard.texts).to.deep.equal(['Copied']);
  });

  it('says what is the matter with the connection, and that it is back', async () => {
    const chat = await Chat.open();
    chat.store.set({ connection: 'reconnecting' });
    await heard.until(1);
    chat.store.set({ connection: 'open' });
    await heard.until(2);

    expect(heard.texts).to.deep.equal(['Reconnecting…', 'Online']);
  });

  it('says that a message has become too long, when it does', async () => {
    const chat = await Chat.open();
    await chat.type('x'.repeat(MESSAGE_MAX_CHARS + 1));
    await chat.type('x'.repeat(MESSAGE_MAX_CHARS + 2));
    await heard.until(1);
    await chat.drawn();

    expect(heard.texts).to.deep.equal(['Too long by 1 character']);
  });
});
