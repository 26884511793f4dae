/** What a bundler keeps of the package for a page that uses a part of it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, inject, it } from 'vitest';
import { brotliSize } from '../../widget/build/costs.ts';

interface Kept {
  readonly code: string;
  /** Of which anything is left. */
  readonly packages: readonly string[];
}

/** @param program a module of a project that has the package */
async function kept(program: string): Promise<Kept> {
  const root = inject('installed');
  const entry = join(root, `${expect.getState().currentTestName?.replaceAll(/\W+/g, '-') ?? 'entry'}.js`);
  await writeFile(entry, program);
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: entry } },
  });
  if (!('output' in result)) throw new Error('The build did not end.');
  const chunks = result.output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const paths = chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([path, { renderedLength }]) => (renderedLength > 0 ? [path] : [])),
  );
  const packages = paths.flatMap(
    (path) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.slice(1) ?? [],
  );
  return { code: chunks.map(({ code }) => code).join('\n'), packages: [...new Set(packages)].sort() };
}

/** What they have, and a fiftieth more. */
const CLIENT_BYTES = 16_350;
const ELEMENT_BYTES = 60_100;

it('the client alone is bundled without Lit, in few bytes', async () => {
  const { code, packages } = await kept(
    `import { IvyClient } from 'ivy-chat/client'; globalThis.client = new IvyClient({ host: 'a', threadId: 'b' });`,
  );
  expect(packages).toEqual(['ivy-chat', 'partysocket', 'zod']);
  expect(code).not.toMatch(/customElements|LitElement|attachShadow|ivy-chat-composer/);
  expect(brotliSize(code)).toBeLessThanOrEqual(CLIENT_BYTES);
});

it('the hook brings no Lit either', async () => {
  const { packages } = await kept(
    `import { useIvyChat } from 'ivy-chat/react'; globalThis.use = useIvyChat;`,
  );
  expect(packages).toEqual(['ivy-chat', 'partysocket', 'react', 'zod']);
});

it('what is imported and not used is left out', async () => {
  const { code } = await kept(
    `import { IvyClient } from 'ivy-chat/client'; import { useIvyChat } from 'ivy-chat/react';`,
  );
  expect(code.trim()).toBe('');
});

it('the element is kept for its own sake', async () => {
  const { code, packages } = await kept(`import 'ivy-chat';`);
  expect(packages).toEqual(
    expect.arrayContaining([
      '@lit/reactive-element',
      'ivy-chat',
      'lit-element',
      'lit-html',
      'partysocket',
      'zod',
    ]),
  );
  for (const tag of ['ivy-chat', 'ivy-chat-answer', 'ivy-chat-composer', 'ivy-chat-transcript'])
    expect(code).toMatch(new RegExp(`["'\`]${tag}["'\`]`));
  expect(code).toContain('trusted-types lit-html ');
  expect(code).not.toContain('trusted-types ivy-chat');
  expect(brotliSize(code)).toBeLessThanOrEqual(ELEMENT_BYTES);
});
