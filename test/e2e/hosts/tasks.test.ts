/** Pages whose framework looks for changes after every task. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const ZONE = new URL('../../fixtures/hosts/zone.js', import.meta.url);
const HEAD = '<script src="/zone.js"></script><script src="/ivy-chat.js"></script>';

const TOKENS_PER_SECOND = 200;
const SECONDS = 3;

const tasksSchema = z.object({
  /** After which the framework looked for changes. */
  own: z.number(),
  all: z.number(),
  after: z.record(z.string(), z.number()),
  at: z.number(),
});

let browser: HostBrowser;
let zone: string;

beforeAll(async () => {
  browser = await HostBrowser.start();
  zone = await readFile(ZONE, 'utf8');
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it('[H14] a page that wraps everything that calls back has a conversation', async () => {
  const host = await browser.open({ html: documentWith(HEAD), files: { '/zone.js': { body: zone } } });
  await host.isWell();
});

it('[H14] a framework looks for changes less than once a frame, and tasks do not grow with the tokens', async () => {
  const host = await browser.open({
    html: documentWith(
      HEAD,
      `<script>
        inFramework(() => {
          const chat = document.createElement('ivy-chat');
          chat.threadId = 'host-page';
          document.body.append(chat);
        });
      </script>`,
    ),
    files: { '/zone.js': { body: zone } },
    answer: () => Array.from({ length: TOKENS_PER_SECOND * SECONDS }, (_, index) => `word${index} `),
    tokenMs: 1_000 / TOKENS_PER_SECOND,
  });
  await host.chat.connected();
  await host.chat.ask('Tell me much');
  await host.chat.streamingAtLeast(100);
  const before = await host.read(tasksSchema, tasksNow);
  await host.chat.idle();
  const after = await host.read(tasksSchema, tasksNow);

  const seconds = (after.at - before.at) / 1_000;
  expect(seconds, 'long enough to count').toBeGreaterThan(2);
  expect((after.own - before.own) / seconds, JSON.stringify(after.after)).toBeLessThanOrEqual(60);
  // A frame of the relay, what is drawn of it, and where that has scrolled to.
  expect((after.all - before.all) / seconds, JSON.stringify(after.after)).toBeLessThanOrEqual(
    TOKENS_PER_SECOND / 2,
  );
  host.isQuiet();
});

function tasksNow(): unknown {
  const tasks: unknown = Reflect.get(window, 'tasks');
  return { at: performance.now(), ...Object(tasks) };
}
