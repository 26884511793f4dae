import { expect } from 'chai';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';
import { applyMedia, restoreMedia, sayMedia } from '../support/media.ts';

describe('the composer', () => {
  afterEach(async () => {
    restoreMedia();
    await Chat.cleanUp();
  });

  it('sends on Enter and empties itself', async () => {
    const chat = await Chat.open();
    await chat.type('Hello');
    const goesOn = await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal(['Hello']);
    expect(chat.field.value).to.equal('');
    expect(goesOn).to.equal(false);
  });

  it('sends on the button, without what surrounds the words', async () => {
    const chat = await Chat.open();
    await chat.type('  two words \n');
    await chat.click('.send');

    expect(chat.store.asked('send')).to.deep.equal(['two words']);
  });

  it('leaves Shift+Enter to make a new line', async () => {
    const chat = await Chat.open();
    await chat.type('Hello');
    const goesOn = await chat.press('Enter', { shiftKey: true });

    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(goesOn).to.equal(true);
  });

  it('sends nothing while an input method composes', async () => {
    const chat = await Chat.open();
    await chat.type('にほん');
    await chat.press('Enter', { isComposing: true });
    await chat.press('Enter', { legacyKeyCode: 229 });

    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(chat.field.value).to.equal('にほん');
  });

  it('does not send what is blank', async () => {
    const chat = await Chat.open();
    await chat.type(' \n ');
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(chat.get('.send')).to.have.property('disabled', true);
  });

  it('sends on Enter while an answer is being written, and says when it will arrive', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    expect(chat.textOf('.composer-note')).to.equal('');
    await chat.type('Next');
    expect(chat.textOf('.composer-note')).to.equal('Will be sent when this answer is complete.');
    expect(chat.find('[part=stop-button]') === null).to.equal(false);
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal(['Next']);
    expect(chat.field.value).to.equal('');
  });

  it('has a Send beside Stop once there is something to send, and Stop stays where it was', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    const { left } = chat.get('[part=stop-button]').getBoundingClientRect();
    expect(chat.find('[part=send-button]') === null).to.equal(true);
    await chat.type('Next');
    expect(chat.get('[part=stop-button]').getBoundingClientRect().left).to.equal(left);
    await chat.click('[part=send-button]');

    expect(chat.store.asked('send')).to.deep.equal(['Next']);
  });

  it('goes on without a connection, and says when the message will be sent', async () => {
    const clock = performance.now.bind(performance);
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.set({ connection: 'reconnecting' });
    await chat.drawn();
    performance.now = () => clock() + 2_000;
    dispatchEvent(new Event('offline'));
    await chat.type('Are you there?');
    performance.now = clock;
    expect(chat.textOf('.composer-note')).to.equal('Will be sent when the connection is back.');
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal(['Are you there?']);
  });

  it('offers Stop in the place of Send while an answer is being written', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    await chat.click('[part=stop-button]');

    expect(chat.store.asked('stop')).to.have.length(1);
    expect(chat.find('[part=send-button]')).to.equal(null);
  });

  it('does not stop on the second click of a double click on Send', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    chat.get('[part=stop-button]').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));

    expect(chat.store.asked('stop')).to.deep.equal([]);
  });

  it('counts near the limit', async () => {
    const chat = await Chat.open();
    await chat.type('x'.repeat(15_000));
    expect(chat.textOf('.composer-note')).to.equal('');
    await chat.type('x'.repeat(15_999));

    expect(chat.textOf('.composer-note')).to.equal('1 character left');
  });

  it('[F36] keeps all of what is too long, says by how much, and does not send it', async () => {
    const chat = await Chat.open();
    await chat.type('x'.repeat(17_234));
    await chat.press('Enter');

    expect(chat.field.maxLength).to.equal(-1);
    expect(chat.field.value.length).to.equal(17_234);
    expect(chat.textOf('.composer-note')).to.equal('Too long by 1,234 characters');
    expect(chat.field.getAttribute('aria-invalid')).to.equal('true');
    expect(chat.get('.send')).to.have.property('disabled', true);
    expect(chat.store.asked('send')).to.deep.equal([]);
    await chat.type(`${'x'.repeat(16_000)}\n`);
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal(['x'.repeat(16_000)]);
  });

  it('says why it is closed, and keeps the draft readable', async () => {
    const chat = await Chat.open();
    await chat.type('Not sent yet');
    chat.element.disabled = true;
    await chat.drawn();
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(chat.field).to.include({ readOnly: true, value: 'Not sent yet' });
    expect(chat.textOf('.composer-note')).to.equal('This chat is closed');
  });

  it('grows with the text up to a limit, and scrolls from there', async () => {
    const chat = await Chat.open();
    const oneLine = chat.field.getBoundingClientRect().height;
    await chat.type('1\n2\n3');
    const threeLines = chat.field.getBoundingClientRect().height;
    await chat.type('line\n'.repeat(50));

    expect(threeLines).to.equal(oneLine + 48);
    expect(chat.field.getBoundingClientRect().height).to.equal(200);
    expect(chat.field.scrollHeight).to.be.greaterThan(1_000);
  });

  it('keeps a draft for each thread', async () => {
    const chat = await Chat.open();
    await chat.type('for the first');
    chat.element.threadId = 'thread-2';
    await chat.drawn();
    expect(chat.field.value).to.equal('');
    chat.element.threadId = 'thread-1';
    await chat.drawn();

    expect(chat.field.value).to.equal('for the first');
  });

  it('keeps the draft over a reload, for its own conversation and nobody else’s', async () => {
    const before = await Chat.open();
    await before.type('Not sent yet');
    before.element.remove();
    const other = await Chat.open([], { 'thread-id': 'thread-2' });
    const elsewhere = await Chat.open([], { host: 'other.test' });
    const after = await Chat.open();

    expect([other, elsewhere, after].map(({ field }) => field.value)).to.deep.equal(['', '', 'Not sent yet']);
  });

  it('leaves nothing behind of what was sent or deleted', async () => {
    for (const end of [(chat: Chat) => chat.press('Enter'), (chat: Chat) => chat.type('')]) {
      const before = await Chat.open();
      await before.type('Hello');
      await end(before);

      expect(sessionStorage).to.have.length(0);
      expect((await Chat.open()).field.value).to.equal('');
    }
  });

  it('keeps drafts in memory where the browser keeps nothing', async () => {
    const real = Object.getOwnPropertyDescriptor(window, 'sessionStorage');
    if (real === undefined) throw new Error('this browser has no storage');
    const forbidden = (): never => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    Object.defineProperty(window, 'sessionStorage', { get: forbidden, configurable: true });
    const chat = await Chat.open();
    await chat.type('for the first');
    chat.element.threadId = 'thread-2';
    await chat.drawn();
    chat.element.threadId = 'thread-1';
    await chat.drawn();
    Object.defineProperty(window, 'sessionStorage', real);

    expect(chat.field.value).to.equal('for the first');
  });

  it('makes lines with Enter on a device to touch, and sends with its button', async () => {
    sayMedia({ '(pointer: coarse)': true, '(any-pointer: fine)': false });
    const chat = await Chat.open();
    await chat.type('Hello');
    const goesOn = await chat.press('Enter');
    expect(goesOn).to.equal(true);
    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(chat.field.getAttribute('enterkeyhint')).to.equal('enter');
    await chat.press('Enter', { ctrlKey: true });

    expect(chat.store.asked('send')).to.deep.equal(['Hello']);
  });

  it('is written in letters of at least 16 pixels where it is touched, or the page would be zoomed', async () => {
    const chat = await Chat.open();
    const back = applyMedia(chat.root, { '(pointer: coarse)': 'all' });
    const { fontSize } = getComputedStyle(chat.field);
    back();

    expect(fontSize).to.equal('16px');
  });

  it('is kept in view above a keyboard, where the element is taller than what is left', async () => {
    const view = window.visualViewport;
    if (view === null) throw new Error('this browser has no visual viewport');
    const chat = await Chat.open();
    chat.element.style.height = '1500px';
    chat.element.focus({ preventScroll: true });
    Object.defineProperty(view, 'height', { value: 300, configurable: true });
    view.dispatchEvent(new Event('resize'));
    Reflect.deleteProperty(view, 'height');
    const { top, bottom } = chat.get('.composer').getBoundingClientRect();

    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(innerHeight);
  });

  it('keeps the draft when the token changes', async () => {
    const chat = await Chat.open();
    await chat.type('still here');
    chat.element.token = 'another';
    await chat.drawn();

    expect(chat.field.value).to.equal('still here');
  });

  it('takes focus when asked, and never by itself', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('Hello')]);
    expect(document.activeElement).not.to.equal(chat.element);
    chat.element.focus();

    expect(chat.root.activeElement).to.equal(chat.field);
  });

  it("keeps typed keys from the page's own shortcuts, but not Escape", async () => {
    const chat = await Chat.open();
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): void => void heard.push(event.key);
    document.addEventListener('keydown', listen);
    for (const key of ['a', '/', '?', 'Enter', 'Escape']) await chat.press(key);
    document.removeEventListener('keydown', listen);

    expect(heard).to.deep.equal(['Escape']);
  });
});
