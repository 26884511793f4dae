/** The place that a page gives the chat: it may hide it, fit it in anywhere, and is not moved by it. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG, type HostConversation } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js" async></script>';
const LAUNCHER = TAG.replace('locale', 'launcher open locale');

/** Everything that makes an element a prison for those in it. */
const PRISON = `overflow: hidden; transform: translateX(1px) rotate(1deg); filter: blur(0.1px); perspective: 9px; opacity: 0.9;
  contain: strict; will-change: transform; clip-path: circle(9px); mask: linear-gradient(black, black); isolation: isolate;
  container: prison / size; mix-blend-mode: multiply; backdrop-filter: blur(1px); z-index: -1; position: relative;
  width: 50px; height: 50px;`;

const boxSchema = z.strictObject({
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
  window: z.strictObject({ width: z.number(), height: z.number() }),
});

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

async function opened(tag: string, css = ''): Promise<HostConversation> {
  const body = `<h1>Host</h1><main>${tag}</main><div class="cover"></div><p>After</p>`;
  const host = await browser.open({ html: documentWith(`<style>${css}</style>${SCRIPT}`, body) });
  await host.chat.connected();
  return host;
}

/** Whether anything of the chat can be seen. */
function isSeen(host: HostConversation): Promise<boolean> {
  return host.read(z.boolean(), () => {
    const parts = document
      .querySelector('ivy-chat')
      ?.shadowRoot?.querySelectorAll('.chat, .launcher, button');
    return [...(parts ?? [])].some((part) => part.checkVisibility({ visibilityProperty: true }));
  });
}

/** When it has stopped moving. */
function boxOfChat(host: HostConversation): Promise<z.infer<typeof boxSchema>> {
  return host.until(boxSchema, () => {
    const chat = document.querySelector('ivy-chat')?.shadowRoot?.querySelector('.chat');
    if (!chat || chat.getAnimations().length > 0) return undefined;
    const { left, top, right, bottom } = chat.getBoundingClientRect();
    return { left, top, right, bottom, window: { width: innerWidth, height: innerHeight } };
  });
}

describe.each([
  ['in the page', TAG],
  ['a launcher', LAUNCHER],
])('a chat, %s', (_, tag) => {
  it.each([
    'ivy-chat { display: none !important }',
    'ivy-chat { visibility: hidden }',
    'main { display: none }',
    'main { visibility: hidden }',
    'main { content-visibility: hidden }',
  ])('[H6] is hidden by %s, and back without it', async (css) => {
    const host = await opened(tag);
    expect(await isSeen(host)).toBe(true);
    const sheet = await host.page.addStyleTag({ content: css });
    expect(await isSeen(host)).toBe(false);
    await sheet.evaluate((element) => element.parentNode?.removeChild(element));
    expect(await isSeen(host)).toBe(true);
    host.isQuiet();
  });
});

describe('a chat in the page', () => {
  it('[H6] has room in every kind of box', async () => {
    const host = await opened(TAG);
    const kinds = [
      ...['block', 'inline-block', 'flex', 'inline-flex', 'grid', 'flow-root', 'list-item', 'table'].map(
        (display) => `ivy-chat { display: ${display} }`,
      ),
      'ivy-chat { float: left }',
      'ivy-chat { position: absolute }',
      'ivy-chat { width: fit-content }',
      'main { display: flex }',
      'main { display: grid; justify-items: center }',
      'main { writing-mode: vertical-rl }',
    ];
    for (const kind of kinds) {
      const sheet = await host.page.addStyleTag({ content: kind });
      const { left, right, top, bottom } = await boxOfChat(host);
      expect(right - left, kind).toBeGreaterThan(390);
      expect(bottom - top, kind).toBeGreaterThanOrEqual(300);
      await sheet.evaluate((element) => element.parentNode?.removeChild(element));
    }
  });

  it('[H6] moves nothing where the page keeps its room until the script is there', async () => {
    const css = 'ivy-chat:not(:defined) { display: block; height: 560px }';
    const host = await browser.open({ html: documentWith(`<style>${css}</style>`, `${TAG}<p>After</p>`) });
    await host.page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const script = document.createElement('script');
      script.src = '/ivy-chat.js';
      document.head.append(script);
    });
    await host.exchange();
    expect(await shiftsOf(host)).toEqual([]);
  });
});

describe('a launcher', () => {
  it('[H6] has a panel that nothing around it clips or covers', async () => {
    const host = await opened(
      LAUNCHER,
      `main { ${PRISON} } .cover { position: fixed; inset: 0; z-index: 2147483647 }`,
    );
    const { left, top, right, bottom, window } = await boxOfChat(host);
    expect({ right, width: right - left, height: bottom - top }).toEqual({
      right: window.width - 20,
      width: 400,
      height: window.height - 2 * 20 - 56 - 12,
    });
    const points = [left + 20, (left + right) / 2, right - 20].flatMap((x) =>
      [top + 20, (top + bottom) / 2, bottom - 20].map((y) => ({ x, y })),
    );
    for (const { x, y } of points) {
      const hit = await host.read(
        z.string(),
        (atX, atY) => document.elementFromPoint(atX, atY)?.localName,
        x,
        y,
      );
      expect(hit, `${String(x)}, ${String(y)}`).toBe('ivy-chat');
    }
    await host.exchange();
    host.isQuiet();
  });

  it('[H6] moves nothing of the page when it comes, opens, answers and closes', async () => {
    const tag = TAG.replace('locale', 'launcher locale');
    const host = await browser.open({ html: documentWith(SCRIPT, `<h1>Host</h1>${tag}<p>After</p>`) });
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.show());
    await host.exchange();
    await host.page.evaluate(() => document.querySelector('ivy-chat')?.hide());
    await host.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(await shiftsOf(host)).toEqual([]);
  });

  it('[H6] takes no room, whatever box the page gives its tag', async () => {
    const css =
      'ivy-chat { display: block; width: 300px; min-width: 9em; height: 300px; margin: 1em; border: 9px solid }';
    const host = await opened(LAUNCHER, `${css} ivy-chat { padding: 9px; background: red }`);
    const size = z.strictObject({ width: z.number(), height: z.number() });
    const found = await host.read(size, () => {
      const { width = -1, height = -1 } = document.querySelector('ivy-chat')?.getBoundingClientRect() ?? {};
      return { width, height };
    });
    expect(found).toEqual({ width: 0, height: 0 });
  });
});

describe('a chat in a page that a server rendered', () => {
  const LATE = documentWith('', `<h1>Host</h1>${TAG}<p>After</p>`);

  /** Rendered and seen before the script is there. */
  async function upgraded(css: string): Promise<HostConversation> {
    const html = LATE.replace('</head>', `<style>${css}</style></head>`);
    const host = await browser.open({ html });
    await host.page.setViewport({ width: 800, height: 900 });
    await twoFrames(host);
    await host.page.addScriptTag({ url: '/ivy-chat.js' });
    await host.chat.connected();
    await twoFrames(host);
    return host;
  }

  it('[H6] moves nothing when the script comes late, where the page keeps its room as documented', async () => {
    const documents = await readFile(new URL('../../../demo/docs/embed.md', import.meta.url), 'utf8');
    const [advice = 'no advice'] = /ivy-chat:not\(:defined\) \{[^}]+\}/.exec(documents) ?? [];
    expect(await shiftsOf(await upgraded(advice))).toEqual([]);
  });

  it('[H6] would move what is below it without that', async () => {
    expect(await shiftsOf(await upgraded(''))).toHaveLength(1);
  });
});

/** Until what is in the document has been painted. */
function twoFrames({ page }: HostConversation): Promise<unknown> {
  return page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** What moved in the page since it was opened, by itself or for a press: one line for each. */
function shiftsOf(host: HostConversation): Promise<readonly string[]> {
  return host.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect();
          resolve(list.getEntries().map((entry) => JSON.stringify(entry)));
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Without any there is no call.
        setTimeout(() => resolve([]), 100);
      }),
  );
}
