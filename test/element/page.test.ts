import { expect } from 'chai';
import { defineOnce } from '../../widget/elements/define.ts';
import { IvyChatElement } from '../../widget/index.ts';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';
import { contrast } from '../support/contrast.ts';
import { applyMedia } from '../support/media.ts';

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

    // A field that the script must measure gets its height by CSSOM, which no policy forbids, and shows it as an attribute.
    const measured = CSS.supports('field-sizing', 'content') ? [] : [chat.field];
    expect([...chat.root.querySelectorAll('style, [style]')]).to.deep.equal(measured);
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

  describe('keeps text readable', () => {
    const accents =
      '#000000 #ffffff #808080 #ff0000 #00ff00 #0000ff #ffff00 #00ffff #ff00ff #ffd400 #6366f1 #e0592a #1f4fd8 ' +
      '#0f766e #1f7a55 #f472b6 #84cc16 #38bdf8 #7c2d12 #a78bfa';
    for (const theme of ['light', 'dark']) {
      it(`on and in 20 accents, ${theme}`, async () => {
        const chat = await Chat.open([userMessage('Hi'), answer('[A link](https://example.com)')], { theme });
        await chat.type('x');
        const found = accents.split(' ').map((accent) => {
          chat.element.style.setProperty('--ivy-accent', accent);
          const send = getComputedStyle(chat.get('.send'));
          const link = getComputedStyle(chat.get('.markdown a')).color;
          const bubble = getComputedStyle(chat.get('.bubble'));
          return {
            accent,
            on: contrast(send.color, send.backgroundColor),
            in: contrast(link, getComputedStyle(chat.get('.chat')).backgroundColor),
            bubble: contrast(bubble.color, bubble.backgroundColor),
          };
        });

        expect(found).to.have.length(20);
        expect(found.filter((one) => Math.min(one.on, one.in, one.bubble) < 4.5)).to.deep.equal([]);
      });
    }
  });

  it('leaves an accent as it is that white or black can be read on', async () => {
    const chat = await Chat.open();
    await chat.type('x');
    for (const accent of ['#1f4fd8', '#ffd400']) {
      chat.element.style.setProperty('--ivy-accent', accent);
      expect(contrast(getComputedStyle(chat.get('.send')).backgroundColor, accent)).to.be.closeTo(1, 0.02);
    }
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

  it('follows the colours that the page declares, as they change, else those of the system', async () => {
    const system = matchMedia('(prefers-color-scheme: dark)').matches;
    const chat = await Chat.open();
    const isDark = (): boolean => chat.get('.frame').classList.contains('dark');
    const { style } = document.documentElement;
    expect(isDark()).to.equal(system);
    const seen: boolean[] = [];
    for (const scheme of ['dark', 'light', 'only dark', 'light dark']) {
      const told = new Promise((resolve) => {
        chat.root.addEventListener('transitionend', resolve, { once: true });
      });
      style.colorScheme = scheme;
      await told;
      await chat.drawn();
      seen.push(isDark());
    }
    style.colorScheme = '';

    expect(seen).to.deep.equal([true, false, true, system]);
  });

  it('is closer together where the page wants it so', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    const room = (): string => getComputedStyle(chat.get('.content')).paddingTop;
    expect(room()).to.equal('24px');
    chat.element.style.setProperty('--ivy-density', '0.5');

    expect(room()).to.equal('12px');
  });

  it('has corners as round as the page wants them', async () => {
    const chat = await Chat.open([userMessage('Hi')], { suggestions: 'One?' });
    chat.element.style.setProperty('--ivy-radius', '0px');
    const corners = ['.chat', '.bubble', '.composer', '.send'].map(
      (selector) => getComputedStyle(chat.get(selector)).borderTopLeftRadius,
    );

    expect(corners).to.deep.equal(['0px', '0px', '0px', '0px']);
  });

  it('prints the whole conversation on light ground, and nothing that can only be pressed', async () => {
    styleWith('ivy-chat { height: 200px; }');
    const chat = await Chat.open([userMessage('Hi'), answer('Line\n\n'.repeat(100))], { theme: 'dark' });
    const back = applyMedia(chat.root, { print: 'all', 'not print': 'not all' });
    const { scrollHeight, clientHeight } = chat.scroller;
    const height = chat.element.getBoundingClientRect().height;
    const hidden = ['.composer', '.clear', '.dot'].map((selector) => chat.get(selector).offsetHeight);
    const ground = getComputedStyle(chat.get('.chat')).backgroundColor;
    back();

    expect(scrollHeight).to.equal(clientHeight);
    expect(height).to.be.greaterThan(3_000);
    expect(hidden).to.deep.equal([0, 0, 0]);
    expect(ground).to.equal('rgb(255, 255, 255)');
  });

  it('does not print a launcher', async () => {
    const chat = await Chat.open([], { launcher: '', open: '' });
    const back = applyMedia(chat.root, { print: 'all' });
    const heights = ['.launcher', '.chat'].map((selector) => chat.get(selector).offsetHeight);
    back();

    expect(heights).to.deep.equal([0, 0]);
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
    expect(chat.get('.frame').lang).to.equal('es');
    spanish.remove();
  });
});
