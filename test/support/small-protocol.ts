/** The protocol as it is in the script that pages load: read by small schemas instead of zod's. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import type * as protocol from '#protocol';
import { schemas } from '../../widget/build/schemas.ts';

export type Protocol = typeof protocol;

export async function smallProtocol(): Promise<Protocol> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [schemas()],
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('../../partykit/protocol/index.ts', import.meta.url)),
        formats: ['es'],
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('The protocol was not built.');
  const folder = await mkdtemp(join(tmpdir(), 'ivy-chat-protocol-'));
  try {
    const file = join(folder, 'protocol.mjs');
    await writeFile(file, chunk.code);
    return (await import(pathToFileURL(file).href)) as Protocol;
  } finally {
    await rm(folder, { recursive: true });
  }
}
