import { expect } from 'chai';
import { defineOnce } from '../../widget/elements/define.ts';
import { IvyChatElement } from '../../widget/index.ts';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';

describe('on a stranger’s page', () => {
  const sheets: HTMLStyleElement[] = [];

  const styleWith = (css: string): void => {
    const sheet = document.createElement('style');
    sheet.textContent = css;
    document.head.append(sheet);
    sheets.push(sheet);
  };

  afterEach(async () => {
    for (const sheet of sheets.splice(0)) sheet.remove();
    document.documentElement.removeAttribute('dir');
    await Chat.cleanUp();
  });

  it('a second copy of the script leaves the first one’s tags alone', () => {
    defineOnce('ivy-chat', class extends HTMLElement {});

    expect(customElements.get('ivy-chat')).to.equal(IvyChatElement);
  });

  it('no style is set where a strict policy forbids it', async () => {
    const chat = await Chat.open([
      userMessage('Hi'),
      answer('# Hello\n\n```ts\nx\n```\n\n|a|b|\n|-:|-|\n|1|2|'),
    ]);

    expect(chat.root.querySelectorAll('style, [style]')).to.have.length(0);
  });

  it('styles do not come in', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer('Hello')]);
    const looks = (): unknown[] =>
      ['.bubble', '.markdown', '.send', 'textarea'].map((selector) => {
        const { fontSize, color, letterSpacing, textAlign, direction, lineHeight } = getComputedStyle(
          chat.get(selector),
        );
        return { fontSize, color, letterSpacing, textAlign, direction, lineHeight };
      });
    const before = looks();
    styleWith(`
      html { font-size: 40px; }
      * { font-size: 40px !important; color: red !important; letter-spacing: 9px !important; text-align: center !important;
          direction: rtl !important; line-height: 3 !important; }
    `);

    expect(looks()).to.deep.equal(before);
  });

  it('the page decides about the box', async () => {
    const chat = await Chat.open();
    expect(chat.element.getBoundingClientRect().height).to.equal(560);
    styleWith('ivy-chat { width: 300px; height: 400px; }');
    expect(chat.element.getBoundingClientRect()).to.include({ width: 300, height: 400 });
    chat.element.hidden = true;

    expect(chat.element.getBoundingClientRect().height).to.equal(0);
  });

  it('nothing is wider than the element at 240 pixels', async () => {
    styleWith('ivy-chat { width: 240px; }');
    const wide =
      '| a | b |\n|-|-|\n| ' +
      'cell '.repeat(40) +
      '| x |\n\n```\n' +
      'code '.repeat(60) +
      '\n```\n\n' +
      'x'.repeat(300);
    const chat = await Chat.open([userMessage('y'.repeat(300)), answer(wide)]);

    expect(chat.scroller.scrollWidth).to.equal(chat.scroller.clientWidth);
    expect(chat.get('.panel').scrollWidth).to.be.at.most(240);
  });

  it('mirrors itself where the page reads from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const chat = await Chat.open([userMessage('Hi')]);
    const bubble = chat.get('.bubble').getBoundingClientRect();
    const whole = chat.element.getBoundingClientRect();

    expect(bubble.left - whole.left).to.be.lessThan(whole.right - bubble.right);
  });

  it('keeps white or black on the accent, whichever can be read', async () => {
    const chat = await Chat.open();
    await chat.type('x');
    const on = (accent: string): string => {
      chat.element.style.setProperty('--ivy-accent', accent);
      return getComputedStyle(chat.get('.send')).color;
    };

    expect(on('#ffd400')).to.equal('color(srgb-linear 0 0 0)');
    expect(on('#1f4fd8')).to.equal('color(srgb-linear 1 1 1)');
  });

  it('is dark or light as the page says, whatever the system is', async () => {
    const chat = await Chat.open();
    const ground = (theme: 'light' | 'dark'): Promise<string> => {
      chat.element.theme = theme;
      return chat.drawn().then(() => getComputedStyle(chat.get('.chat')).backgroundColor);
    };

    expect(await ground('light')).to.equal('rgb(255, 255, 255)');
    expect(await ground('dark')).to.equal('rgb(23, 25, 26)');
  });

  it('speaks the language of the attribute, else of the nearest lang, at each render', async () => {
    const chat = await Chat.open();
    expect(chat.field.placeholder).to.equal('Write a message…');
    chat.element.locale = 'pt';
    await chat.drawn();
    expect(chat.field.placeholder).to.equal('Escreva uma mensagem…');
    chat.element.locale = null;
    const spanish = document.createElement('div');
    spanish.lang = 'es-MX';
    document.body.append(spanish);
    spanish.append(chat.element);
    chat.element.requestUpdate();
    await chat.drawn();

    expect(chat.field.placeholder).to.equal('Escribe un mensaje…');
    expect(chat.get('.chat').lang).to.equal('es');
    spanish.remove();
  });
});
