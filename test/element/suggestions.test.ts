import { expect } from 'chai';
import { Chat, userMessage } from '../support/chat-harness.ts';
import { restoreMedia, sayMedia } from '../support/media.ts';

function offered(chat: Chat): readonly string[] {
  return [...chat.root.querySelectorAll('.suggestion')].map(({ textContent }) => textContent.trim());
}

describe('suggestions', () => {
  afterEach(async () => {
    restoreMedia();
    await Chat.cleanUp();
  });

  it('are read from the attribute, without what is blank', async () => {
    const chat = await Chat.open([], { suggestions: ' One? | |Two, or [three]?|' });

    expect(offered(chat)).to.deep.equal(['One?', 'Two, or [three]?']);
    expect(chat.element.suggestions).to.deep.equal(['One?', 'Two, or [three]?']);
  });

  it('are read from the property, whatever a page puts there', async () => {
    const chat = await Chat.open();
    for (const [value, expected] of [
      [
        ['One', ' ', 2, 'Three'],
        ['One', 'Three'],
      ],
      ['One|Two', ['One', 'Two']],
      [null, []],
      [{ length: 1 }, []],
    ]) {
      Object.assign(chat.element, { suggestions: value });
      await chat.drawn();

      expect(offered(chat)).to.deep.equal(expected);
    }
  });

  it('are sent by a press, which leads on to the composer', async () => {
    const chat = await Chat.open([], { suggestions: 'One?|Two?' });
    await chat.click('.suggestion:nth-child(2)');

    expect(chat.store.asked('send')).to.deep.equal(['Two?']);
    expect(offered(chat)).to.deep.equal([]);
    expect(chat.field.matches(':focus')).to.equal(true);
  });

  it('do not bring up the keyboard of a device to touch', async () => {
    sayMedia({ '(pointer: coarse)': true, '(any-pointer: fine)': false });
    const chat = await Chat.open([], { suggestions: 'One?' });
    await chat.click('.suggestion');

    expect(chat.scroller.matches(':focus')).to.equal(true);
  });

  it('stand only in an empty conversation, and cannot be pressed where nothing can be sent', async () => {
    const full = await Chat.open([userMessage('Hi')], { suggestions: 'One?' });
    expect(offered(full)).to.deep.equal([]);
    const closed = await Chat.open([], { suggestions: 'One?', disabled: '' });
    await closed.click('.suggestion');

    expect(closed.get('.suggestion')).to.have.property('disabled', true);
    expect(closed.store.asked('send')).to.deep.equal([]);
  });

  it('stay, with the greeting, when the connection is lost', async () => {
    const chat = await Chat.open([], { suggestions: 'One?' });
    chat.store.set({ connection: 'reconnecting' });
    await chat.drawn();

    expect(offered(chat)).to.deep.equal(['One?']);
  });

  it('follow the page’s own greeting', async () => {
    const chat = await Chat.open([], { suggestions: 'One?' });
    const own = document.createElement('p');
    own.slot = 'empty';
    own.textContent = 'Welcome back';
    chat.element.append(own);
    await chat.drawn();
    const chip = chat.get('.suggestion').getBoundingClientRect();

    expect(chat.get('.greeting').getBoundingClientRect().height).to.equal(0);
    expect(own.getBoundingClientRect().bottom).to.be.at.most(chip.top);
  });

  it('wrap within 240 pixels', async () => {
    const chat = await Chat.open([], { suggestions: `${'A long question '.repeat(6)}|${'x'.repeat(80)}` });
    chat.element.style.width = '240px';
    await chat.drawn();

    expect(chat.scroller.scrollWidth).to.equal(chat.scroller.clientWidth);
    for (const chip of chat.root.querySelectorAll('.suggestion')) {
      expect(chip.getBoundingClientRect().right).to.be.at.most(chat.element.getBoundingClientRect().right);
    }
  });
});
