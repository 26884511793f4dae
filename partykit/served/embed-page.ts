/**
 * `GET /embed`: the chat as a page for a frame, for hosts that allow nothing else. The page is the same for everybody; its
 * script reads what the address asks for (`widget/embed`). Wakes no room.
 */
import type { Door } from '../admission/door.ts';
import { answerTagged, tagOf } from './file.ts';
import { frameAncestors } from './frame-ancestors.ts';

const PATH = '/embed';

/** The address holds the thread, which without tokens is the key: no page that it leads to is told. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, max-age=300',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // For pages that only take frames that ask for as much as they do.
  'cross-origin-resource-policy': 'cross-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()',
  vary: 'Accept-Encoding',
};

/** Undefined when the request asks for something else. `doorOf` is only called when it does not. */
export async function answerEmbed(
  request: Request,
  doorOf: () => Door | undefined,
): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (url.pathname !== PATH || !/^(?:GET|HEAD)$/.test(request.method)) return undefined;
  const page = embedPage(url.searchParams.has('colours'));
  const policy = contentPolicy(url, frameAncestors(doorOf()));
  const bytes = new TextEncoder().encode(page);
  const etag = await tagOf(new TextEncoder().encode(policy + page));
  return answerTagged(request, new Headers({ ...HEADERS, 'content-security-policy': policy, etag }), bytes);
}

function embedPage(withColours: boolean): string {
  const scripts = ['ivy-chat.js', ...(withColours ? ['ivy-chat-colours.js'] : []), 'ivy-chat-embed.js'];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Chat</title>
<link rel="icon" href="data:,">
${scripts.map((name) => `<script src="${name}" defer></script>`).join('\n')}
</head>
<body></body>
</html>
`;
}

/** Nothing but the relay's own scripts and sockets. Behind a proxy that ends TLS the relay takes its scheme to be plain. */
function contentPolicy({ host, protocol }: URL, ancestors: string): string {
  const sockets = protocol === 'https:' ? `wss://${host}` : `wss://${host} ws://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src 'self' ${sockets}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
    "require-trusted-types-for 'script'",
    'trusted-types ivy-chat',
  ].join('; ');
}
