/** The example server of the documents, as it is: what it gives out opens its thread and no other (A2, A3). */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { roomOfThread } from '#protocol';
import { SECRET } from '../support/knock.ts';
import { useRelay } from '../support/running-relay.ts';

const EXAMPLE = fileURLToPath(new URL('../../demo/tokens/server.mjs', import.meta.url));
const DOCUMENT = fileURLToPath(new URL('../../demo/docs/tokens.md', import.meta.url));
const sessionSchema = z.object({ threadId: z.string(), token: z.string() });

let server: ChildProcess;
let address: string;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const taken = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof taken === 'object' && taken !== null ? taken.port : 0;
}

beforeAll(async () => {
  const port = await freePort();
  server = spawn(process.execPath, [EXAMPLE], {
    env: { ...process.env, IVY_JWT_SECRET: SECRET, TOKEN_PORT: String(port) },
    stdio: 'inherit',
  });
  address = `http://localhost:${port}/chat`;
  await vi.waitUntil(() => fetch(address).then(Boolean, () => false), { timeout: 10_000 });
});

afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

const relay = useRelay(() => ({ IVY_JWT_SECRET: SECRET }));

it('[A3] gives a token that opens the thread it names', async () => {
  const { threadId, token } = sessionSchema.parse(await (await fetch(address)).json());
  const client = await relay.connect(threadId, { v: '1', token });
  expect(await client.next('history')).toMatchObject({ access: { write: true } });
});

it('[A2] gives a token that opens no other', async () => {
  const { token } = sessionSchema.parse(await (await fetch(address)).json());
  const client = await relay.connectTo(roomOfThread('user-ben'), { v: '1', token });
  expect(await client.closed).toEqual({ code: 4403, reason: 'token_other_thread' });
});

it('[A3] is the one that the document shows, but for the line that says how to start it', async () => {
  const [document, example] = await Promise.all([readFile(DOCUMENT, 'utf8'), readFile(EXAMPLE, 'utf8')]);
  const blocks = [...document.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code);
  const [firstLine = ''] = example.split('\n', 1);
  expect(firstLine).toMatch(/^\/\/ /);
  expect(blocks).toContain(example.slice(firstLine.length + 1));
});
