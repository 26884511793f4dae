/** The recipes for WordPress: its plugin, its theme, its editor, and what it does to what authors write. */
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Kitchen } from './kitchen.ts';
import { ADMINISTRATOR, AUTHOR, hasWordPress, PASSWORD, WordPress } from './word-press.ts';

const POST_LIMIT_MS = 60_000;

describe.skipIf(!hasWordPress())('WordPress', () => {
  let kitchen: Kitchen;
  let site: WordPress;

  beforeAll(async () => {
    kitchen = await Kitchen.open();
    site = await WordPress.start(join(kitchen.folder, 'wordpress'));
  }, 300_000);
  afterEach(() => kitchen.clear());
  afterAll(async () => {
    await site.stop();
    await kitchen.close();
  });

  async function signIn(name: string): Promise<Page> {
    const { page } = await kitchen.visit(`${site.url}/wp-login.php`);
    await page.evaluate(
      `user_login.value = ${JSON.stringify(name)}; user_pass.value = ${JSON.stringify(PASSWORD)};`,
    );
    await Promise.all([page.waitForNavigation(), page.click('#wp-submit')]);
    return page;
  }

  /** In the block editor, by the commands that its buttons give. @returns the address of the post */
  async function publish(page: Page, block: string, content: string): Promise<string> {
    await page.goto(`${site.url}/wp-admin/post-new.php`);
    await page.waitForFunction(
      "window.wp?.data?.select('core/editor')?.getCurrentPostId() && wp.blocks.getBlockType('core/html')",
      { timeout: POST_LIMIT_MS },
    );
    await page.evaluate(`(async () => {
      const key = ${JSON.stringify(block)} === 'core/html' ? 'content' : 'text';
      wp.data.dispatch('core/block-editor').insertBlocks(
        wp.blocks.createBlock(${JSON.stringify(block)}, { [key]: ${JSON.stringify(content)} }));
      wp.data.dispatch('core/editor').editPost({ title: 'Shipping', status: 'publish' });
      await wp.data.dispatch('core/editor').savePost();
    })()`);
    const published = await page.waitForFunction(
      "wp.data.select('core/editor').isCurrentPostPublished() && wp.data.select('core/editor').getPermalink()",
      { timeout: POST_LIMIT_MS },
    );
    return z.string().parse(await published.jsonValue());
  }

  it('has a launcher by a plugin of one file', async () => {
    await site.addPlugin('ivy-chat.php', kitchen.recipe('WordPress', 'php'));
    const visit = await kitchen.visit(site.url);
    await visit.openLauncher();
    await visit.isWell('wordpress');
    await site.removePlugin('ivy-chat.php');
  });

  it('has a launcher by the functions of a theme', async () => {
    await site.addToTheme(kitchen.recipe('WordPress', 'php').replace(/\/\* Plugin.*\n/, ''));
    const visit = await kitchen.visit(site.url);
    await visit.openLauncher();
    await visit.isWell();
    await site.addToTheme('<?php\n');
  });

  it('has a chat in a post, by the block for HTML of an administrator', async () => {
    const page = await signIn(ADMINISTRATOR);
    const address = await publish(page, 'core/html', kitchen.recipe('WordPress, in one post', 'html'));
    await (await kitchen.visit(address)).isWell('wordpress-block');
  });

  it('takes scripts, frames and the tag from authors, and leaves them a shortcode', async () => {
    await site.addPlugin('ivy-chat-posts.php', kitchen.recipe('WordPress, for authors', 'php'));
    const page = await signIn(AUTHOR);
    const tags = `${kitchen.recipe('WordPress, in one post', 'html')}${kitchen.recipe('Only frames', 'html')}<p>Kept</p>`;
    const stripped = await kitchen.visit(await publish(page, 'core/html', tags));
    const html = await stripped.page.content();
    expect(html).toContain('<p>Kept</p>');
    expect(html).not.toMatch(/ivy-chat\.js|<ivy-chat|<iframe/);

    const address = await publish(page, 'core/shortcode', '[ivy_chat heading="Questions?"]');
    const visit = await kitchen.visit(address);
    await visit.isWell();
    expect(await visit.page.evaluate("document.querySelector('ivy-chat').heading")).toBe('Questions?');
  });
});
