import { expect } from 'chai';
import { Chat, nextFrame, record, userMessage } from '../support/chat-harness.ts';
import { Heard } from '../support/heard.ts';
import { applyMedia, restoreMedia, sayMedia } from '../support/media.ts';

const PHONE = { '(max-width: 480px), (max-height: 420px)': true };

function isShown(element: Element): boolean {
  return getComputedStyle(element).display !== 'none';
}

/** What has focus in the chat, by its class or tag: a failure that prints whole elements takes for ever. */
function focusIn(chat: Chat): string | undefined {
  const { activeElement } = chat.root;
  return activeElement === null ? undefined : (activeElement.classList[0] ?? activeElement.localName);
}

/** As if the reader had just pressed something on the page. */
async function pressed(act: () => void): Promise<void> {
  Object.defineProperty(navigator, 'userActivation', { value: { isActive: true }, configurable: true });
  act();
  Reflect.deleteProperty(navigator, 'userActivation');
  await nextFrame();
}

function finishAnswer(chat: Chat, id: string): void {
  chat.store.receive({ type: 'streaming', isStreaming: true, messageId: id });
  chat.store.receive({ type: 'done', messageId: id, fullContent: 'Done', status: 'complete', timestamp: 1 });
}

describe('the launcher', () => {
  const added: Element[] = [];

  const add = <Added extends HTMLElement>(element: Added): Added => {
    document.body.append(element);
    added.push(element);
    return element;
  };

  afterEach(async () => {
    await Chat.cleanUp();
    restoreMedia();
    for (const element of added.splice(0)) element.remove();
  });

  it('is a button in the corner that takes no room in the page, and is connected', async () => {
    const sheet = add(document.createElement('style'));
    sheet.textContent = 'ivy-chat { display: block; width: 500px; height: 500px; margin: 50px; }';
    const before = document.documentElement.scrollHeight;
    const chat = await Chat.place({ launcher: '' });
    const button = chat.get('.launcher').getBoundingClientRect();

    expect(document.documentElement.scrollHeight).to.equal(before);
    expect(innerWidth - button.right).to.be.closeTo(20, 0.5);
    expect(innerHeight - button.bottom).to.be.closeTo(20, 0.5);
    expect(chat.find('.chat') === null).to.equal(true);
    expect(chat.store.asked('connect')).to.have.length(1);
  });

  it('opens on a press, tells the page, and puts the caret in the composer', async () => {
    const chat = await Chat.open([userMessage('Hi')], { launcher: '', heading: 'Help' });
    const heard = record(document, 'ivy-open-change');
    await chat.click('.launcher');

    expect(isShown(chat.get('.chat'))).to.equal(true);
    expect(chat.get('.chat').getAttribute('role')).to.equal('dialog');
    expect(chat.get('.chat').getAttribute('aria-label')).to.equal('Help');
    expect(chat.get('.chat').hasAttribute('aria-modal')).to.equal(false);
    expect(chat.element.hasAttribute('open')).to.equal(true);
    expect(chat.get('.launcher').getAttribute('aria-expanded')).to.equal('true');
    expect(heard.map(({ open }) => open)).to.deep.equal([true]);
    expect(focusIn(chat)).to.equal('textarea');
    expect(chat.turns).to.deep.equal(['Hi']);
  });

  it('does not bring up the keyboard of a device to touch when it opens', async () => {
    sayMedia({ '(pointer: coarse)': true, '(any-pointer: fine)': false });
    const chat = await Chat.open([userMessage('Hi')], { launcher: '' });
    await chat.click('.launcher');

    expect(focusIn(chat)).to.equal('scroller');
  });

  it('nor when it opens before all of it is there', async () => {
    sayMedia({ '(pointer: coarse)': true, '(any-pointer: fine)': false });
    const chat = new Chat(document.createElement('ivy-chat'));
    chat.element.launcher = true;
    document.body.append(chat.element);
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    chat.get('.launcher').click();
    await chat.drawn();

    expect(focusIn(chat)).to.equal('scroller');
  });

  it('closes on a second press, and on the button in the top line; focus goes back to the button', async () => {
    for (const closing of ['.launcher', '.close']) {
      const chat = await Chat.open([], { launcher: '' });
      await chat.click('.launcher');
      await chat.click(closing);

      expect(chat.element.open).to.equal(false);
      expect(focusIn(chat)).to.equal('launcher');
      await Chat.cleanUp();
    }
  });

  it('is open on load where the page says so, without taking focus or telling what the page knows', async () => {
    const heard = record(document, 'ivy-open-change');
    const chat = await Chat.open([], { launcher: '', open: '' });

    expect(isShown(chat.get('.chat'))).to.equal(true);
    expect(document.activeElement === document.body).to.equal(true);
    expect(heard).to.have.length(0);
  });

  it('leaves focus alone when the page opens it by itself', async () => {
    const chat = await Chat.open([], { launcher: '' });
    chat.element.show();
    await chat.drawn();

    expect(chat.element.open).to.equal(true);
    expect(document.activeElement === document.body).to.equal(true);
  });

  it('takes focus when the page opens it for a press, and gives it back to what was pressed', async () => {
    const link = add(document.createElement('button'));
    const chat = await Chat.open([], { launcher: '' });
    link.focus();
    await pressed(() => chat.element.show());
    await chat.drawn();
    expect(focusIn(chat)).to.equal('textarea');
    chat.element.hide();
    await chat.drawn();

    expect(document.activeElement === link).to.equal(true);
  });

  it('leaves a reader where they are who has gone on to something else', async () => {
    const other = add(document.createElement('input'));
    const chat = await Chat.open([], { launcher: '' });
    await chat.click('.launcher');
    other.focus();
    chat.element.open = false;
    await chat.drawn();

    expect(document.activeElement === other).to.equal(true);
  });

  it('closes on Escape inside, which then is not the page’s', async () => {
    const chat = await Chat.open([], { launcher: '' });
    const heard = record(document, 'keydown');
    await chat.click('.launcher');
    await chat.press('Escape');

    expect(chat.element.open).to.equal(false);
    expect(heard).to.have.length(0);
  });

  it('does not close on an Escape that is meant for something else', async () => {
    const chat = await Chat.open([userMessage('Hi')], { launcher: '' });
    await chat.click('.launcher');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await chat.press('Escape', { isComposing: true });
    chat.field.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    await chat.press('Escape');
    await chat.click('.clear');
    chat
      .get('.cancel')
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await chat.drawn();

    expect(chat.find('.confirmation') === null).to.equal(true);
    expect(chat.element.open).to.equal(true);
  });

  it('leaves Escape to the page where it is not a launcher', async () => {
    const chat = await Chat.open([], { open: '' });
    const heard = record(document, 'keydown');
    await chat.press('Escape');

    expect(heard).to.have.length(1);
    expect(chat.find('.launcher') === null).to.equal(true);
    expect(isShown(chat.get('.chat'))).to.equal(true);
  });

  it('counts answers that finish while it is closed, says so, and forgets them when it is opened', async () => {
    const chat = await Chat.open([], { launcher: '', heading: 'Help' });
    const heard = new Heard();
    const button = chat.get('.launcher');
    expect(button.getAttribute('aria-label')).to.equal('Help');
    finishAnswer(chat, 'a');
    finishAnswer(chat, 'b');
    await chat.drawn();
    expect(chat.textOf('.badge')).to.equal('2');
    expect(button.getAttribute('aria-label')).to.equal('Help, 2 new answers');
    expect(await heard.until(2)).to.deep.equal(['1 new answer', '2 new answers']);
    heard.stop();
    await chat.click('.launcher');
    finishAnswer(chat, 'c');
    await chat.drawn();

    expect(chat.find('.badge') === null).to.equal(true);
    expect(button.getAttribute('aria-label')).to.equal('Help');
  });

  it('[H6] is not clipped by what is around it, also after a move within the page', async () => {
    const clip = add(document.createElement('div'));
    clip.style.cssText = 'transform: translateX(10px); overflow: hidden; width: 50px; height: 50px';
    const cover = add(document.createElement('div'));
    cover.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647';
    const chat = await Chat.open([], { launcher: '', open: '' });
    for (const place of [clip, document.body]) {
      place.append(chat.element);
      await chat.drawn();
      const { x, y, width, height } = chat.get('.chat').getBoundingClientRect();

      expect(x + width).to.be.closeTo(innerWidth - 20, 0.5);
      expect(document.elementFromPoint(x + width / 2, y + height / 2) === chat.element).to.equal(true);
    }
  });

  it('goes away where the page hides it, and floats on the other side where it reads from right to left', async () => {
    const chat = await Chat.open([], { launcher: '', dir: 'rtl' });
    expect(chat.get('.launcher').getBoundingClientRect().left).to.be.closeTo(20, 0.5);
    chat.element.style.display = 'none';
    expect(chat.get('.launcher').getBoundingClientRect().width).to.equal(0);
    chat.element.style.display = '';
    chat.element.hidden = true;

    expect(chat.get('.launcher').getBoundingClientRect().width).to.equal(0);
  });

  it('keeps what was written and read when it is closed and opened again', async () => {
    const chat = await Chat.open([userMessage('Hi')], { launcher: '' });
    await chat.click('.launcher');
    await chat.type('A draft');
    const turn = chat.get('.turn');
    await chat.click('.close');
    await chat.click('.launcher');

    expect(chat.field.value).to.equal('A draft');
    expect(chat.get('.turn') === turn).to.equal(true);
  });

  describe('on a phone', () => {
    beforeEach(() => sayMedia(PHONE));

    it('fills the window as a modal dialog, without its button', async () => {
      const chat = await Chat.open([], { launcher: '' });
      await chat.click('.launcher');
      await Promise.all(
        chat
          .get('.chat')
          .getAnimations()
          .map(({ finished }) => finished),
      );
      const { x, y, width, height } = chat.get('.chat').getBoundingClientRect();

      expect({ x, y, width, height }).to.deep.equal({ x: 0, y: 0, width: innerWidth, height: innerHeight });
      expect(chat.get('.chat').getAttribute('aria-modal')).to.equal('true');
      expect(isShown(chat.get('.launcher'))).to.equal(false);
    });

    it('holds the page behind it still, for as long as it is open or there', async () => {
      const { style } = document.documentElement;
      style.overflow = 'clip';
      const chat = await Chat.open([], { launcher: '' });
      await chat.click('.launcher');
      expect(style.overflow).to.equal('hidden');
      await chat.click('.close');
      expect(style.overflow).to.equal('clip');
      await chat.click('.launcher');
      expect(style.overflow).to.equal('hidden');
      chat.element.remove();

      expect(style.overflow).to.equal('clip');
      style.overflow = '';
    });

    it('keeps focus inside, also in the question that is open', async () => {
      const chat = await Chat.open([userMessage('Hi')], { launcher: '', open: '' });
      const [first, last] = chat.root.querySelectorAll<HTMLElement>('.chat > [tabindex]');
      last?.focus();
      expect(chat.get('.close').matches(':focus')).to.equal(true);
      first?.focus();
      expect(focusIn(chat)).to.equal('textarea');
      await chat.click('.clear');
      last?.focus();

      expect(chat.get('.cancel').matches(':focus')).to.equal(true);
    });

    it('stays above the keyboard', async () => {
      const chat = await Chat.open([], { launcher: '', open: '' });
      const view = window.visualViewport;
      if (view === null) throw new Error('this browser has no visual viewport');
      Object.defineProperty(view, 'height', { value: 250, configurable: true });
      Object.defineProperty(view, 'offsetTop', { value: 30, configurable: true });
      view.dispatchEvent(new Event('resize'));
      await Promise.all(
        chat
          .get('.chat')
          .getAnimations()
          .map(({ finished }) => finished),
      );
      const panel = chat.get('.chat').getBoundingClientRect();
      const composer = chat.get('.composer').getBoundingClientRect();
      Reflect.deleteProperty(view, 'height');
      Reflect.deleteProperty(view, 'offsetTop');

      expect([panel.top, panel.height]).to.deep.equal([30, 250]);
      expect(composer.bottom).to.be.at.most(280);
    });
  });

  it('does nothing but turn up where motion is to be reduced', async () => {
    const chat = await Chat.open([], { launcher: '' });
    const back = applyMedia(chat.root, { '(prefers-reduced-motion: reduce)': 'all' });
    await chat.click('.launcher');
    const moving = chat.get('.chat').getAnimations().length;
    back();

    expect(moving).to.equal(0);
  });
});
