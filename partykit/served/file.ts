/**
 * The scripts, on a runtime that knows files and neither caches nor compression, which is PartyKit. Cloudflare serves them
 * beside the Worker, with the headers of `widget/build/headers.ts`, and compresses them itself.
 */

/** Below it the runtime has the files at addresses of its own, so that those of `dist` come here. */
export const FILES_FOLDER = 'files';

/** Once a version is out it stays as it is; the latest is asked for again. */
const VERSIONED = /^\/\d+\.\d+\.\d+[^/]*\/[^/]+$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

/** What each page may read, to compare it with the hash that it has. */
const EVERYWHERE = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Undefined where there is no such file. `load`: gives the one at a path of the runtime's. */
export async function answerFile(
  request: Request,
  load: (path: string) => Promise<Response | null>,
): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (!/^(?:GET|HEAD)$/.test(request.method) || !/^\/[\w.-]+(?:\/[\w.-]+)?$/.test(pathname)) return undefined;
  const file = await load(`/${FILES_FOLDER}${pathname}`);
  if (file?.ok !== true) return undefined;
  const content = await file.arrayBuffer();
  const headers = new Headers({
    ...EVERYWHERE,
    'content-type': file.headers.get('content-type') ?? 'application/octet-stream',
    'cache-control': VERSIONED.test(pathname) ? IMMUTABLE : SHORT,
    etag: await tagOf(content),
    vary: 'Accept-Encoding',
  });
  return answerTagged(request, headers, content);
}

/** 304 where the client has what is `content`, by the `etag` among the headers. */
export function answerTagged(request: Request, headers: Headers, content: BodyInit): Response {
  if (isKnown(request.headers.get('if-none-match'), headers.get('etag')))
    return new Response(null, { status: 304, headers });
  const encoding = encodingFor(request.headers.get('accept-encoding'));
  // The runtime encodes what is said to be.
  if (encoding !== undefined) headers.set('content-encoding', encoding);
  return new Response(request.method === 'HEAD' ? null : content, { headers });
}

/** A weak one: the same content has other bytes when it is compressed. */
export async function tagOf(content: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return `W/"${[...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

function isKnown(asked: string | null, tag: string | null): boolean {
  const known = asked?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return tag !== null && (known.includes('*') || known.includes(tag.replace(/^W\//, '')));
}

function encodingFor(accepted: string | null): 'br' | 'gzip' | undefined {
  const names = accepted
    ?.split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !/;\s*q=0(?:\.0*)?$/.test(one))
    .map((one) => one.replace(/;.*$/, '').trim());
  return (['br', 'gzip'] as const).find((name) => names?.includes(name) === true);
}
