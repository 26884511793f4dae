/** A browser that translates the page while an answer is being written: what comes then is seen, and nothing is thrown. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';
import { reach, reachIn } from '../../support/reach-in.ts';

/** Blocks of every kind that text can be in. */
const ANSWER = [
  'First **bold** words\n\n',
  ...Array.from({ length: 30 }, (_, word) => `word${String(word)} `),
  '\n\n- one\n- two *leaning*',
  ' and more\n\n```\nlet x = 1;\n',
  'let y = 2;\n```\n\n| a | b |\n|---|---|\n| 1 ',
  '| 2 |\n\nThe last words',
  ' of it.',
];

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it.each([
  ['once', ['translate']],
  ['again and again', Array.from({ length: 12 }, () => 'translate')],
  ['and back', ['translate', 'translateBack']],
  ['to and fro', ['translate', 'translateBack', 'translate', 'translateBack', 'translate']],
])(
  '[H20] an answer that is translated while it is being written, %s, is seen to its end',
  async (_, acts) => {
    const host = await browser.open({
      html: documentWith('<script src="/ivy-chat.js"></script>'),
      before: reachIn,
      answer: () => ANSWER,
      tokenMs: 30,
    });
    await host.chat.connected();
    await host.chat.ask('Hello');
    await host.chat.streamingAtLeast(60);
    for (const act of acts) {
      await host.page.evaluate(reach, act);
      await host.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 40)));
    }
    await host.chat.idle();
    const drawn = await host.until(z.string(), () => {
      const answer = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('[part="answer"]');
      const text = answer?.textContent.replace(/\s+/g, '').toLowerCase();
      return text?.endsWith('ofit.') === true && text;
    });
    const plain = ANSWER.join('')
      .replace(/[*`|\s-]/g, '')
      .toLowerCase();
    expect(drawn.replace(/copy|copied/, '')).toBe(plain);
    // And so is the next one, and what the chat says of itself.
    await host.chat.ask('Again');
    await host.chat.idle();
    host.isQuiet();
  },
);
