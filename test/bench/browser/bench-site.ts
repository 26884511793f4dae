/**
 * Serves the pages that are measured, and what the peers ship; for ivy-chat also a relay that greets and answers pings. Nothing
 * is compressed and nothing is kept by the browser, so that every visit is the first.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import { decodeClientFrame, encodeFrame, PROTOCOL_VERSION, type ServerFrame } from '#protocol';
import type { Scripts } from './page-scripts.ts';
import { PEER_FOLDERS } from './peers.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface BenchSite {
  /** Origin without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param pages HTML by file name */
export async function startBenchSite(
  pages: ReadonlyMap<string, string>,
  scripts: Scripts,
): Promise<BenchSite> {
  const server = createServer((request, response) => void answer(request, response, pages, scripts));
  const relay = new WebSocketServer({ server });
  relay.on('connection', (socket) => {
    const say = (frame: ServerFrame): void => socket.send(encodeFrame(frame));
    socket.on('message', (data: Buffer) => {
      const frame = decodeClientFrame(data.toString());
      if (frame.ok && frame.value.type === 'ping') say({ type: 'pong' });
    });
    say({ type: 'history', mode: 'full', gen: 0, v: PROTOCOL_VERSION, messages: [] });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      for (const socket of relay.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pages: ReadonlyMap<string, string>,
  scripts: Scripts,
): Promise<void> {
  const [path = ''] = (request.url ?? '').slice(1).split('?');
  const content = pages.get(path) ?? scripts.get(path) ?? (await fromPeer(path));
  const type = MEDIA_TYPES[extname(path)];
  if (content === undefined || type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
}

async function fromPeer(path: string): Promise<Buffer | undefined> {
  const [, peer, file] = /^peers\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const folder = Object.entries(PEER_FOLDERS).find(([name]) => name === peer)?.[1];
  if (folder === undefined || file === undefined) return undefined;
  return readFile(join(folder, file)).catch(() => undefined);
}
