/**
 * What one more token of an answer costs the page, by the clock of its main thread: parsing, drawing, layout and painting.
 * Compared with itself in the same page, so that the machine does not matter.
 */
import type { CDPSession, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG } from '../support/host-conversation.ts';

const CHARS = 80_000;
const TOKEN_CHARS = 4;
const EARLY = 1_000;
const LATE = 19_000;
const STEPS = 40;
const many = (begin: string, make: (index: number) => string): string => {
  let text = begin;
  for (let index = 0; text.length < CHARS; index += 1) text += make(index);
  return text;
};

/** With the most that late tokens may cost, to early ones: half of what it is where nothing is in groups, or near it. */
const ANSWERS: readonly (readonly [name: string, growthMax: number, text: string])[] = [
  [
    'code',
    1.6,
    many('```ts\n', (index) => `const value${String(index)} = compute(${String(index)}); // and so on\n`),
  ],
  ['list', 1.5, many('', (index) => `- item ${String(index)} with **bold** and some other words\n`)],
  [
    'table',
    2.2,
    many('|a|b|c|\n|-|-|-|\n', (index) => `| some ${String(index)} | words of it | **${String(index)}** |\n`),
  ],
  [
    'a thousand blocks that scroll',
    3,
    many(
      '',
      (index) =>
        `## Part ${String(index)}\n\nWords with [a link](https://a.example/) and \`code\`.\n\n- one **item**\n- two\n\n|a|b|\n|-|-|\n|1|2|\n\n\`\`\`ts\nlet a = ${String(index)};\n\`\`\`\n\n`,
    ),
  ],
];

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

/** Runs before the chat's script: a relay that says what the test says, in the place of the page's sockets. */
function playRelay(): void {
  const say = (socket: EventTarget, frame: object): void =>
    void socket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  const value = class extends EventTarget {
    static readonly OPEN = 1;
    readyState = 0;
    readonly bufferedAmount = 0;
    constructor() {
      super();
      Object.assign(window, { say: (frame: object) => say(this, frame) });
      queueMicrotask(() => {
        this.readyState = 1;
        this.dispatchEvent(new Event('open'));
        say(this, { type: 'history', mode: 'full', gen: 0, v: 1, messages: [] });
        say(this, { type: 'streaming', isStreaming: true, messageId: 'a', gen: 0 });
      });
    }
    send(): void {
      return;
    }
    close(): void {
      this.readyState = 3;
    }
  };
  Object.defineProperty(window, 'WebSocket', { value });
}

/** Each of the texts comes with a frame of its own, which is painted before the next. */
async function tell(page: Page, texts: readonly string[], offset: number): Promise<void> {
  await page.evaluate(
    async (contents, start) => {
      const say: unknown = Reflect.get(window, 'say');
      let at = start;
      for (const content of contents) {
        const frame = { type: 'token', messageId: 'a', offset: at, content };
        if (typeof say === 'function') Reflect.apply(say, undefined, [frame]);
        at += content.length;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }
    },
    texts,
    offset,
  );
}

async function spentMs(session: CDPSession): Promise<number> {
  const { metrics } = metricsSchema.parse(await session.send('Performance.getMetrics'));
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

const parts = (text: string, length: number): string[] =>
  text.match(new RegExp(`[^]{1,${String(length)}}`, 'g')) ?? [];

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

describe('the cost of one more token', () => {
  it.each(ANSWERS)('is at token 19,000 about what it was at 1,000: %s', async (_name, growthMax, text) => {
    const html = documentWith('<script src="/ivy-chat.js"></script>', TAG);
    const { page } = await browser.open({ html, before: playRelay });
    await page.waitForFunction(() => Reflect.has(window, 'say'));
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    let told = 0;
    /** Ms a token. */
    const costAt = async (tokens: number): Promise<number> => {
      const start = tokens * TOKEN_CHARS;
      await tell(page, parts(text.slice(told, start), 4_000), told);
      const before = await spentMs(session);
      told = start + STEPS * TOKEN_CHARS;
      await tell(page, parts(text.slice(start, told), TOKEN_CHARS), start);
      return ((await spentMs(session)) - before) / STEPS;
    };
    const early = await costAt(EARLY);
    const late = await costAt(LATE);

    expect(early).toBeGreaterThan(0);
    expect(late / early).toBeLessThan(growthMax);
    const shown = await page.evaluate(
      () => document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.markdown')?.textContent.length,
    );
    expect(shown).toBeGreaterThan(told / 2);
  });
});
