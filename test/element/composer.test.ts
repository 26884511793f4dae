import { expect } from 'chai';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';

describe('the composer', () => {
  afterEach(() => Chat.cleanUp());

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

  it('keeps the draft on Enter while an answer is being written', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    await chat.type('Next');
    await chat.press('Enter');

    expect(chat.store.asked('send')).to.deep.equal([]);
    expect(chat.field.value).to.equal('Next');
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

  it('takes no more than the relay does, and counts near the limit', async () => {
    const chat = await Chat.open();
    expect(chat.field.maxLength).to.equal(16_000);
    await chat.type('x'.repeat(15_000));
    expect(chat.textOf('.composer-note')).to.equal('');
    await chat.type('x'.repeat(15_999));

    expect(chat.textOf('.composer-note')).to.equal('1 character left');
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
