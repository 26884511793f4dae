/** The recipes for pages that need nothing but a server: late tags, frames, PHP. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentWith } from '../support/host-conversation.ts';
import { startHostPage, type HostPage, type ServedFile } from '../support/host-page.ts';
import { hasPrograms, startPhp } from './php.ts';
import { Kitchen, writeFiles } from './kitchen.ts';

let kitchen: Kitchen;
let site: HostPage;
const files: Record<string, ServedFile> = { '/favicon.ico': { body: '' } };

beforeAll(async () => {
  kitchen = await Kitchen.open();
  site = await startHostPage({ files });
});
afterEach(() => kitchen.clear());
afterAll(async () => {
  await site.close();
  await kitchen.close();
});

/**
 * A stand-in for a tag manager: a second after the page has loaded it puts the HTML of a tag into the page, and its scripts
 * anew, since those that come as HTML do not run. It gives none of their attributes but the address.
 */
const manager = (tag: string): string => `<script>
  addEventListener('load', () => setTimeout(() => {
    const holder = document.createElement('div');
    holder.hidden = true;
    holder.innerHTML = ${JSON.stringify(tag).replaceAll('</', '<\\/')};
    document.body.append(holder);
    for (const old of holder.querySelectorAll('script')) {
      const script = document.createElement('script');
      if (old.src) script.src = old.src;
      script.text = old.text;
      old.replaceWith(script);
    }
  }, 1000));
</script>`;

it('a tag manager', async () => {
  files['/'] = { body: documentWith('', `<h1>Shop</h1>${manager(kitchen.recipe('A tag manager', 'html'))}`) };
  const visit = await kitchen.visit(site.url);
  await visit.openLauncher();
  await visit.isWell('tag-manager');
});

it('a page that allows frames and nothing else', async () => {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; frame-src ${kitchen.relayUrl}`;
  files['/'] = {
    body: documentWith('', `<h1>Help</h1>${kitchen.recipe('Only frames', 'html')}`),
    headers: { 'content-security-policy': policy },
  };
  await (await kitchen.visit(site.url, 'iframe')).isWell('frame');
});

it.skipIf(!hasPrograms('php'))('PHP', async () => {
  const folder = join(kitchen.folder, 'php');
  await writeFiles(folder, { 'index.php': kitchen.recipe('PHP', 'php') });
  const server = await startPhp(folder);
  try {
    const visit = await kitchen.visit(server.url);
    await visit.isWell();
    const thread = await visit.thread;
    expect(thread).toMatch(/^[\da-f]{32}$/);
    const other = await kitchen.visit(server.url);
    await other.chat.connected();
    expect(await other.thread).not.toBe(thread);
  } finally {
    await server.stop();
  }
});
