/** Pages that read from right to left or from top to bottom, and messages that do so in pages that do not. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT =
  '<script src="/ivy-chat.js" async></script><style>body { margin: 0 } ivy-chat { height: 500px }</style>';
const ARABIC = 'كيف يمكنني تشغيله؟';
const ANSWER = `Left to right.\n\n${ARABIC} npm start\n\n- one\n- ${ARABIC}\n\n> quote\n\n\`\`\`js\nlet x = 1;\n\`\`\`\n`;

const boxSchema = z.strictObject({
  left: z.number(),
  right: z.number(),
  top: z.number(),
  bottom: z.number(),
});
type Box = z.infer<typeof boxSchema>;

/** What has a side to be on. */
const SIDED = [
  '.heading',
  '.clear',
  '.dot',
  '.bubble',
  '.send',
  '.composer textarea',
  '.turn.assistant .copy-turn',
  '.code',
];

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

async function opened(open: string, tag = TAG): Promise<HostConversation> {
  const close = open.startsWith('<') ? `</${/\w+/.exec(open)?.[0] ?? ''}>` : '';
  const host = await browser.open({
    html: documentWith(SCRIPT, `${open}${tag}${close}`),
    answer: () => [ANSWER],
  });
  await host.chat.connected();
  for (const message of ['Hello there', ARABIC]) {
    await host.page.evaluate((text) => document.querySelector('ivy-chat')?.sendMessage(text), message);
    await host.chat.idle();
    await host.until(z.literal(true), () => document.querySelector('ivy-chat')?.isStreaming === false);
  }
  return host;
}

/** Where it is, from the left edge of the whole chat and from its right one. */
function boxOf(host: HostConversation, part: string): Promise<Box> {
  return host.until(
    boxSchema,
    (selector) => {
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      const whole = root?.querySelector('.chat, .launcher')?.getBoundingClientRect();
      const box = root?.querySelector(selector)?.getBoundingClientRect();
      if (!whole || !box || box.width === 0) return undefined;
      const { left, right, top, bottom } = box;
      return { left: left - whole.left, right: whole.right - right, top, bottom };
    },
    part,
  );
}

const directionsOf = (host: HostConversation, parts: string): Promise<readonly string[]> =>
  host.read(
    z.array(z.string()),
    (selector) =>
      [...(document.querySelector('ivy-chat')?.shadowRoot?.querySelectorAll(selector) ?? [])].map(
        (element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
          return box.right - text.right < text.left - box.left ? 'right' : 'left';
        },
      ),
    parts,
  );

describe('a page that reads from right to left', () => {
  it.each(['<div dir="rtl">', '<section dir="RTL"><b>', '<div dir="auto"><p>שלום</p>'])(
    '[H17] has a chat that is its mirror image, in %s',
    async (open) => {
      const [plain, mirrored] = [await opened('<div>'), await opened(open)];
      for (const part of SIDED) {
        const [one, other] = [await boxOf(plain, part), await boxOf(mirrored, part)];
        expect(Math.abs(one.left - other.right), part).toBeLessThan(1);
        expect(Math.abs(one.right - other.left), part).toBeLessThan(1);
        expect(Math.abs(one.left - one.right), `${part} has a side`).toBeGreaterThan(
          part === '.code' ? -1 : 5,
        );
      }
      mirrored.isQuiet();
    },
  );

  it('[H17] has a launcher on its left', async () => {
    const tag = TAG.replace('locale', 'launcher locale');
    const host = await opened('<div dir="rtl">', tag);
    const left = () =>
      host.read(z.number(), () => {
        const root = document.querySelector('ivy-chat')?.shadowRoot;
        return root?.querySelector('.launcher')?.getBoundingClientRect().left;
      });
    expect(await left()).toBe(20);
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.setAttribute('dir', 'ltr'));
    await host.until(z.literal(true), () => {
      const root = document.querySelector('ivy-chat')?.shadowRoot;
      const { right = 0 } = root?.querySelector('.launcher')?.getBoundingClientRect() ?? {};
      document.querySelector('ivy-chat')?.requestUpdate();
      return innerWidth - right === 20;
    });
  });
});

it('[H17] each message, and each block of an answer, reads as its own letters do', async () => {
  const host = await opened('<div>');
  expect(await directionsOf(host, '.markdown:first-child > p, .markdown li')).toEqual([
    'left',
    'right',
    'left',
    'right',
    'left',
    'right',
    'left',
    'right',
  ]);
  const bubbles = await host.read(z.array(z.boolean()), () =>
    [...(document.querySelector('ivy-chat')?.shadowRoot?.querySelectorAll('.bubble') ?? [])].map((bubble) =>
      bubble.matches(':dir(rtl)'),
    ),
  );
  expect(bubbles).toEqual([false, true]);
  const code = await host.read(z.string(), () => {
    const pre = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('pre');
    return pre ? getComputedStyle(pre).direction : undefined;
  });
  expect(code).toBe('ltr');
});

it.each(['vertical-rl', 'vertical-lr', 'sideways-rl'])(
  '[H17] in a page that is written %s the chat is as wide and high as anywhere, and reads across',
  async (mode) => {
    const host = await opened(`<div style="writing-mode: ${mode}; block-size: 800px">`);
    const [transcript, composer, bubble] = [
      await boxOf(host, '[part="transcript"]'),
      await boxOf(host, '[part="composer"]'),
      await boxOf(host, '.bubble'),
    ];
    expect(composer.top).toBeGreaterThanOrEqual(transcript.bottom - 1);
    expect(composer.bottom - transcript.top).toBeGreaterThan(400);
    expect(bubble.bottom - bubble.top, 'one line').toBeLessThan(60);
    expect(bubble.left).toBeGreaterThan(bubble.right);
    host.isQuiet();
  },
);
