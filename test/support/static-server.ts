/** A plain server of files below a path, which knows nothing of them: somebody's static host. */
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface StaticServer {
  /** Of the folder, with a slash at its end. */
  readonly url: string;
  /** The paths that were asked for and are not there. */
  readonly missing: readonly string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** @param base begins and ends with a slash */
export async function startStaticServer(
  files: ReadonlyMap<string, string | Uint8Array>,
  base: string,
): Promise<StaticServer> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const name = path.startsWith(base) ? path.slice(base.length) : undefined;
    const content = name === undefined ? undefined : files.get(name === '' ? 'index.html' : name);
    if (content === undefined) {
      // Browsers ask for it by themselves where a page has no icon.
      if (path !== '/favicon.ico') missing.push(path);
      response.writeHead(404).end();
      return;
    }
    const ending = /\.([a-z]+)$/.exec(name === '' ? 'index.html' : (name ?? ''))?.[1] ?? '';
    response.writeHead(200, { 'content-type': TYPES[ending] ?? 'application/octet-stream' }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://localhost:${address.port}${base}`,
    missing,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
