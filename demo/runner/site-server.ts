/**
 * Serves the pages of `demo/site` as they are, with two things filled in: where the relay is, and the thread that the
 * address asks for (`?thread=`), so that a page needs no script for either.
 *
 * Not Vite's preview server: that one ends the whole process on SIGTERM, with the relay still running.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseThreadId } from '#protocol';

export interface SiteServer {
  /** Origin without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of the pages; what is in folders below it is not served. */
  readonly directory: string;
  /** Origin of the relay. */
  readonly relayUrl: string;
  /** What is made rather than read, by file name: each the first time that it is asked for. */
  readonly scripts?: Readonly<Record<string, () => Promise<string>>>;
}

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['js', 'text/javascript; charset=utf-8'],
]);

export async function startSite({
  port,
  directory,
  relayUrl,
  scripts = {},
}: SiteOptions): Promise<SiteServer> {
  const made = new Map<string, Promise<string>>();
  const read = (file: string): Promise<string> => {
    const make = Object.hasOwn(scripts, file) ? scripts[file] : undefined;
    if (make === undefined) return readFile(join(directory, file), 'utf8');
    const text = made.get(file) ?? make();
    made.set(file, text);
    text.catch(() => made.delete(file));
    return text;
  };
  const server = createServer((request, response) => {
    void answer(request, response, read, relayUrl);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://localhost:${actual}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The page for a relay and, unless it is undefined, a thread. */
export function fillPage(html: string, relayUrl: string, threadId?: string): string {
  const page = html.replaceAll('%RELAY%', relayUrl);
  if (threadId === undefined) return page;
  // The page's first thread becomes the one asked for, its second the same with "-2", so that equal ones stay equal.
  const own: string[] = [];
  return page.replaceAll(/(thread-id=")([^"]*)(")/g, (_tag, before: string, id: string, after: string) => {
    if (!own.includes(id)) own.push(id);
    const index = own.indexOf(id);
    return before + (index === 0 ? threadId : `${threadId}-${index + 1}`) + after;
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  read: (file: string) => Promise<string>,
  relayUrl: string,
): Promise<void> {
  const [path = '/', query] = (request.url ?? '/').split('?');
  const file = path === '/' ? 'index.html' : path.slice(1);
  const ending = /^[a-z-]+\.([a-z]+)$/.exec(file)?.[1];
  const mediaType = ending === undefined ? undefined : MEDIA_TYPES.get(ending);
  const text = mediaType === undefined ? undefined : await read(file).catch(() => undefined);
  if (mediaType === undefined || text === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
    return;
  }
  const asked = parseThreadId(new URLSearchParams(query).get('thread'));
  const body = ending === 'html' ? fillPage(text, relayUrl, asked.ok ? asked.value : undefined) : text;
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-cache' }).end(body);
}
