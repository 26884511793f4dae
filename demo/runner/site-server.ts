/**
 * Serves the demo site from memory, with what is only known here filled into its pages: where the relay is, and the thread
 * that the address asks for (`?thread=`) where a page has one written in it.
 *
 * Not Vite's preview server: that one ends the whole process on SIGTERM, with the relay still running.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseThreadId } from '#protocol';
import { fillPage, isPage, type PageSettings, type SiteFiles } from '../build/site-files.ts';
import { RunnerDoor } from './runner-door.ts';

export interface SiteServer {
  /** Origin without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** May still be in the making: whoever asks for one of them waits. */
  readonly files: Promise<SiteFiles>;
  readonly settings: Omit<PageSettings, 'runner'>;
  /** What pages of this server may do to the relay; resolves with the ms that it was away. Without it they cannot. */
  readonly killRelay?: (() => Promise<number>) | undefined;
}

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['js', 'text/javascript; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
]);

const KILL_PATH = 'runner/kill-relay';

export async function startSite(options: SiteOptions): Promise<SiteServer> {
  // A failure is told to who asks.
  options.files.catch(() => undefined);
  let door: RunnerDoor | undefined;
  const server = createServer((request, response) => {
    void answer(request, response, options, door).catch(() => {
      if (!response.headersSent) say(response, 500, 'The pages could not be built.');
    });
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  if (options.killRelay !== undefined) door = new RunnerDoor(port);
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The page with its threads renamed: its first becomes the one asked for, its second the same with "-2", so that equal ones stay equal. */
export function fillThreads(html: string, threadId: string): string {
  const own: string[] = [];
  return html.replaceAll(/(thread-id=")([^"]*)(")/g, (_tag, before: string, id: string, after: string) => {
    if (!own.includes(id)) own.push(id);
    const index = own.indexOf(id);
    return before + (index === 0 ? threadId : `${threadId}-${index + 1}`) + after;
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { files, settings, killRelay }: SiteOptions,
  door: RunnerDoor | undefined,
): Promise<void> {
  const [path = '/', query] = (request.url ?? '/').split('?');
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (name === KILL_PATH && door !== undefined && killRelay !== undefined) {
    if (door.admits(request)) await kill(response, killRelay);
    else say(response, 403, 'Only a page of this server may do that.');
    return;
  }
  const content = (await files).get(name);
  const mediaType = MEDIA_TYPES.get(/\.([a-z]+)$/.exec(name)?.[1] ?? '');
  if (content === undefined || mediaType === undefined) {
    say(response, 404, 'There is no such page.');
    return;
  }
  const asked = parseThreadId(new URLSearchParams(query).get('thread'));
  const body = isPage(name, content)
    ? fillPage(asked.ok ? fillThreads(content, asked.value) : content, {
        ...settings,
        runner: door?.tokenFor(request) ?? '',
      })
    : content;
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-cache' }).end(body);
}

async function kill(response: ServerResponse, killRelay: () => Promise<number>): Promise<void> {
  const awayMs = await killRelay().catch(() => undefined);
  if (awayMs === undefined) say(response, 500, 'The relay did not come back.');
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ awayMs }));
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${sentence}\n`);
}
