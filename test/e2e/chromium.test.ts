/** Checks that a browser can be had on this machine, whatever is installed, and that it leaves nothing behind. */
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';

describe('findChromium', () => {
  it.each(['/no/such/browser', '/'])('names CHROME_PATH when %s is nothing that can be run', async (path) => {
    await expect(findChromium({ CHROME_PATH: path })).rejects.toThrow(`CHROME_PATH is "${path}"`);
  });

  it('takes CHROME_PATH before all others', async () => {
    const chromium = await findChromium({ CHROME_PATH: process.execPath });

    expect(chromium).toEqual({ executablePath: process.execPath, environment: {}, source: 'CHROME_PATH' });
  });

  it('finds the same browser when asked twice at once', async () => {
    const [first, second] = await Promise.all([findChromium(), findChromium()]);

    expect(first).toEqual(second);
  });
});

describe('launchChromium', () => {
  let server: Server;
  let address: string;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>A page</title><p>Hello');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
    address = `http://127.0.0.1:${bound.port}/`;
  });

  afterAll(() => {
    server.close();
  });

  it('loads a page and runs a script in it', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(address);

      expect(await page.title()).toBe('A page');
      expect(await page.evaluate(() => document.querySelector('p')?.textContent)).toBe('Hello');
    } finally {
      await browser.close();
    }
  });

  it('takes more arguments, and leaves neither a process nor a profile', async () => {
    const browser = await launchChromium({ args: ['--window-size=444,555'] });
    const child = browser.process();
    const profile = child?.spawnargs.find((arg) => arg.startsWith('--user-data-dir='))?.split('=')[1] ?? '';
    await access(profile);
    expect(child?.spawnargs).toContain('--window-size=444,555');

    await browser.close();

    expect(child?.exitCode).toBe(0);
    await expect(access(profile)).rejects.toThrow('ENOENT');
  });
});
