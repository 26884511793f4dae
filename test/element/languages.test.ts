import { expect } from 'chai';
import type { Translations } from '../../widget/i18n/translations.ts';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';

const ARABIC: Translations = { ar: { send: 'إرسال', greeting: 'كيف يمكنني المساعدة؟' } };

async function openIn(
  translations: Translations,
  attributes: Readonly<Record<string, string>>,
): Promise<Chat> {
  const chat = await Chat.open([userMessage('مرحبا'), answer('أهلا'), userMessage('Hello')], attributes);
  chat.element.translations = translations;
  await chat.drawn();
  return chat;
}

/** From the edges of the window, or of the element: `[left, right]`. */
function gaps(inner: Element, outer: DOMRect): [number, number] {
  const { left, right } = inner.getBoundingClientRect();
  return [left - outer.left, outer.right - right];
}

describe('languages of the page’s own', () => {
  const warn = console.warn;
  let warnings: string[] = [];

  beforeEach(() => {
    warnings = [];
    console.warn = (text: string) => void warnings.push(text);
  });

  afterEach(async () => {
    console.warn = warn;
    await Chat.cleanUp();
  });

  it('are spoken where the locale asks for them, with English for what is missing', async () => {
    const chat = await openIn(ARABIC, { locale: 'ar-EG' });

    expect(chat.get('.send').ariaLabel).to.equal('إرسال');
    expect(chat.field.ariaLabel).to.equal('Message');
    expect(chat.get('.frame').lang).to.equal('ar');
    expect(warnings).to.deep.equal([]);
  });

  it('replace our words, and are left again', async () => {
    const chat = await openIn({ en: { send: 'Ask' } }, { locale: 'en-GB' });
    expect(chat.get('.send').ariaLabel).to.equal('Ask');
    chat.element.translations = {};
    await chat.drawn();

    expect(chat.get('.send').ariaLabel).to.equal('Send');
  });

  it('are named in one warning where they cannot be used, and the chat goes on', async () => {
    const wrong: unknown = { en: { send: 7, stop: 'Halt', newer: 'x' }, ar: { greeting: null } };
    const chat = await Chat.open();
    for (let times = 0; times < 2; times += 1) {
      Object.assign(chat.element, { translations: structuredClone(wrong) });
      await chat.drawn();
    }

    expect(chat.get('.send').ariaLabel).to.equal('Send');
    expect(warnings).to.deep.equal([
      '<ivy-chat> translations of another type are not used: en.send, ar.greeting',
    ]);
  });
});

describe('a language that is written from right to left', () => {
  afterEach(() => Chat.cleanUp());

  it('mirrors the whole chat', async () => {
    const chat = await openIn(ARABIC, { locale: 'ar' });
    const transcript = chat.scroller.getBoundingClientRect();
    const [bubbleLeft, bubbleRight] = gaps(chat.get('.bubble'), transcript);
    const [answerLeft, answerRight] = gaps(chat.get('.markdown p'), transcript);
    const send = chat.get('.send').getBoundingClientRect();
    const heading = chat.get('.heading').getBoundingClientRect();
    const clear = chat.get('.clear').getBoundingClientRect();

    expect(getComputedStyle(chat.get('.chat')).direction).to.equal('rtl');
    expect(bubbleLeft, 'a person’s message is at the inline end').to.be.lessThan(bubbleRight);
    expect(answerRight, 'an answer begins at the inline start').to.be.at.most(answerLeft + 40);
    expect(send.right).to.be.lessThan(chat.field.getBoundingClientRect().right);
    expect(clear.right).to.be.lessThan(heading.left);
  });

  it('leaves each message its own direction', async () => {
    const chat = await openIn(ARABIC, { locale: 'ar' });
    const directions = [...chat.root.querySelectorAll('.bubble, .markdown')].map(
      (text) => getComputedStyle(text).direction,
    );

    expect(directions).to.deep.equal(['rtl', 'rtl', 'ltr']);
  });

  it('has the launcher and its panel on the other side', async () => {
    const sides: boolean[] = [];
    for (const locale of ['en', 'ar']) {
      const chat = await openIn(ARABIC, { locale, launcher: '', open: '' });
      const page = new DOMRect(0, 0, innerWidth, innerHeight);
      for (const part of ['.launcher', '.chat']) {
        const [left, right] = gaps(chat.get(part), page);
        sides.push(left < right);
      }
      await Chat.cleanUp();
    }

    expect(sides).to.deep.equal([false, false, true, true]);
  });

  it('is left to the tag’s own `dir`, where it has one', async () => {
    const chat = await openIn(ARABIC, { locale: 'ar', dir: 'ltr' });
    expect(getComputedStyle(chat.get('.chat')).direction).to.equal('ltr');
  });

  it('is not taken from a language that there are no words for', async () => {
    const chat = await openIn({}, { locale: 'ar' });
    expect(chat.get('.frame').dir).to.equal('ltr');
  });
});
