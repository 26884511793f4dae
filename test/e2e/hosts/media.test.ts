/** What readers have asked their browsers for: colours of their own, larger letters, no motion; and paper. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT =
  '<title>Host</title><script src="/ivy-chat.js" async></script><style>body { margin: 0 }</style>';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ANSWER =
  '# Heading\n\nWords and a [link](https://ivy.example) with `code`.\n\n```js\nlet x = 1;\n```\n\n|a|b|\n|-|-|\n|1|2|\n';

const linesSchema = z.array(z.string());

let browser: HostBrowser;
let axe: string;

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

async function opened(
  tag = TAG,
  features: Readonly<Record<string, string>> = {},
  tokenMs = 10,
): Promise<HostConversation> {
  const host = await browser.open({
    html: documentWith(SCRIPT, `<main><h1>Host</h1>${tag}</main>`),
    answer: () => [ANSWER, ...Array.from({ length: 20 }, (_, line) => `\n\nLine ${String(line)}`)],
    tokenMs,
  });
  const session = await host.page.createCDPSession();
  const pairs = Object.entries(features).map(([name, value]) => ({ name, value }));
  await session.send('Emulation.setEmulatedMedia', { features: pairs });
  await host.chat.connected();
  await host.page.evaluate(() => document.querySelector('ivy-chat')?.sendMessage('Hello'));
  return host;
}

/** One line for each thing that breaks a rule. */
async function violations(host: HostConversation): Promise<readonly string[]> {
  await host.page.addScriptTag({ content: axe });
  const found: unknown = await host.page.evaluate(async (values) => {
    const { violations: broken } = await window.axe.run(document.documentElement, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return broken.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, TAGS);
  return linesSchema.parse(found);
}

/** What reaches over its edge, or is too small to be seen. */
const overflows = (host: HostConversation): Promise<readonly string[]> =>
  host.read(linesSchema, () => {
    const parts =
      '[part~="chat"], [part~="header"], [part~="transcript"], [part~="composer"], [part~="input"]';
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    return [document.documentElement, ...(root?.querySelectorAll(parts) ?? [])]
      .filter((box) => box.scrollWidth > box.clientWidth || (box.matches('[part]') && box.clientHeight < 24))
      .map(
        (box) =>
          `${box.className}: ${String(box.scrollWidth)} in ${String(box.clientWidth)} × ${String(box.clientHeight)}`,
      );
  });

const SHAPES = [
  ['in the page', TAG],
  ['a launcher', TAG.replace('locale', 'launcher open locale')],
] as const;

describe.each(SHAPES)('a chat, %s,', (_, tag) => {
  it.each(['light', 'dark'])(
    '[H18] keeps to the rules in forced colours, %s, and shows its edges',
    async (scheme) => {
      const host = await opened(tag, { 'forced-colors': 'active', 'prefers-color-scheme': scheme });
      await host.chat.idle();
      expect(await violations(host)).toEqual([]);
      const edges = await host.read(linesSchema, () => {
        const root = document.querySelector('ivy-chat')?.shadowRoot;
        return ['.chat', '.composer', '.bubble', '.send', '.code'].map((selector) => {
          const element = root?.querySelector(selector);
          if (!element) return `${selector} is missing`;
          const { borderTopStyle, borderTopColor, borderTopWidth } = getComputedStyle(element);
          const isSeen =
            borderTopStyle !== 'none' && borderTopWidth !== '0px' && !/^rgba.*, 0\)$/.test(borderTopColor);
          return isSeen ? 'seen' : `${selector}: ${borderTopWidth} ${borderTopStyle} ${borderTopColor}`;
        });
      });
      expect(edges).toEqual(Array.from({ length: 5 }, () => 'seen'));
      host.isQuiet();
    },
  );

  it.each([200, 400])('[H18] fits its window and keeps to the rules at %i %', async (percent) => {
    const host = await opened(tag);
    await host.page.setViewport({
      width: Math.round((1280 * 100) / percent),
      height: Math.round((1024 * 100) / percent),
      deviceScaleFactor: percent / 100,
    });
    await host.chat.idle();
    expect(await overflows(host)).toEqual([]);
    expect(await violations(host)).toEqual([]);
    host.isQuiet();
  });

  it('[H18] moves nothing where no motion is wanted', async () => {
    const host = await opened(tag, { 'prefers-reduced-motion': 'reduce' });
    const moving = new Set<string>();
    const look = async (): Promise<void> => {
      const names = await host.read(linesSchema, () =>
        (document.querySelector('ivy-chat')?.shadowRoot?.getAnimations() ?? [])
          .filter(({ effect }) => (effect?.getComputedTiming().activeDuration ?? 0) !== 1)
          .map((animation) => {
            if (animation instanceof CSSAnimation) return animation.animationName;
            return animation instanceof CSSTransition ? animation.transitionProperty : 'something';
          }),
      );
      // A colour that fades does not move.
      for (const name of names) if (!/color$|^box-shadow$/.test(name)) moving.add(name);
    };
    await look();
    await host.chat.streamingAtLeast(10);
    await look();
    await host.chat.idle();
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.hide());
    await look();
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.show());
    await look();
    expect([...moving]).toEqual([]);
  });
});

it('[H18] where motion is wanted, there is some to be seen', async () => {
  // Slow enough for the dots before the first word to be drawn.
  const host = await opened(TAG, {}, 100);
  await host.chat.idle();
  await host.page.evaluate(() => {
    const chat = document.querySelector('ivy-chat');
    chat?.shadowRoot?.addEventListener('animationstart', (event) => {
      const isBreath = event instanceof AnimationEvent && event.animationName === 'ivy-breathe';
      if (isBreath) Object.assign(window, { moved: true });
    });
    chat?.sendMessage('Again');
  });
  await host.until(z.literal(true), () => 'moved' in window);
});

it('[H18] on paper there is all of the conversation on white, and no launcher', async () => {
  const host = await opened(TAG.replace('locale', 'theme="dark" locale'));
  await host.chat.idle();
  await host.page.emulateMediaType('print');
  const found = await host.read(z.unknown(), () => {
    const root = document.querySelector('ivy-chat')?.shadowRoot;
    const scroller = root?.querySelector('[part="transcript"]');
    const chat = root?.querySelector('.chat');
    return {
      all: scroller?.scrollHeight === scroller?.clientHeight && (chat?.clientHeight ?? 0) > 600,
      ground: chat && getComputedStyle(chat).backgroundColor,
      composer: root?.querySelector('.composer')?.checkVisibility(),
    };
  });
  expect(found).toEqual({ all: true, ground: 'rgb(255, 255, 255)', composer: false });
  await host.page.evaluate(() => document.querySelector('ivy-chat')?.setAttribute('launcher', ''));
  await host.until(
    z.literal(true),
    () =>
      document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.launcher')?.checkVisibility() === false,
  );
});
