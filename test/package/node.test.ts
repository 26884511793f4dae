/** The package on a server, where there is no page: everything can be imported, and React renders what it can. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod/mini';

const run = promisify(execFile);

const exportsSchema = z.object({ exports: z.record(z.string(), z.unknown()) });

/** What a program prints that Node runs in a project that has the package. */
async function printed(program: string): Promise<unknown> {
  const { stdout, stderr } = await run('node', ['--input-type=module', '--eval', program], {
    cwd: inject('installed'),
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('in Node', () => {
  let modules: readonly string[];

  beforeAll(async () => {
    const path = join(inject('installed'), 'node_modules/ivy-chat/package.json');
    const { exports } = exportsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    modules = Object.keys(exports)
      .filter((entry) => !entry.endsWith('.json'))
      .map((entry) => entry.replace('.', 'ivy-chat'));
  });

  it('every module can be imported, and leaves nothing of ours behind', async () => {
    expect(modules).toHaveLength(10);
    const names = await printed(`
      const before = Object.getOwnPropertyNames(globalThis);
      const names = {};
      for (const name of ${JSON.stringify(modules)}) names[name] = Object.keys(await import(name)).sort();
      // Lit and Node itself have some that come with their first use.
      const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
      console.log(JSON.stringify({ ...names, left: left.filter((name) => /ivy/i.test(name)) }));
    `);
    expect(names).toMatchObject({
      'ivy-chat': expect.arrayContaining([
        'IvyChatElement',
        'IvyClient',
        'IvyDoneEvent',
        'version',
      ]) as unknown,
      'ivy-chat/client': ['ChatStore', 'IvyClient', 'followPage', 'version'],
      'ivy-chat/react': ['useIvyChat'],
      'ivy-chat/types/vue': [],
      'ivy-chat/ivy-chat.js': [],
      left: [],
    });
  });

  it('data for editors can be found', async () => {
    const path = await printed(
      `console.log(JSON.stringify(import.meta.resolve('ivy-chat/custom-elements.json')))`,
    );
    expect(path).toMatch(/\/ivy-chat\/lib\/custom-elements\.json$/);
  });

  it('React renders the hook as it is before anything is known, and connects to nothing', async () => {
    const html = await printed(`
      import { createElement as h } from 'react';
      import { renderToString } from 'react-dom/server';
      import { useIvyChat } from 'ivy-chat/react';
      globalThis.WebSocket = class { constructor() { throw new Error('a socket on a server'); } };
      const seen = [];
      function Chat() {
        const chat = useIvyChat({ threadId: 'one', host: 'chat.example.com' });
        seen.push(chat);
        return h('p', null, chat.isConnected ? 'connected' : 'not yet');
      }
      const html = renderToString(h(Chat));
      console.log(JSON.stringify({ html, chat: seen[0] }));
    `);
    expect(html).toEqual({
      html: '<p>not yet</p>',
      chat: { messages: [], isStreaming: false, isConnected: false, streamingContent: '', error: null },
    });
  });
});
