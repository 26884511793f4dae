/**
 * Which pages may put the embed page into a frame, for its `frame-ancestors`. The page in the frame has the relay's own
 * origin and may always enter, so this is the lock: it lets in the pages that may also connect themselves.
 */
import type { Door } from '../admission/door.ts';

const SELF = "'self'";

/** As `isLoopback` takes them; a policy cannot name the one of IPv6. */
const LOOPBACK = ['localhost', '127.0.0.1'].flatMap((host) => [`http://${host}:*`, `https://${host}:*`]);

/** A host that can stand in a policy: one with another sign would end it, or mean more than was meant. */
const HOST = /^[a-z0-9.-]+(?::\d+)?$/i;

/** Sources with spaces between them. `door`: undefined where the configuration cannot be used: then nobody may. */
export function frameAncestors(door: Door | undefined): string {
  if (door === undefined) return "'none'";
  const { origins, tokens } = door;
  if (origins === undefined) return tokens === undefined ? [SELF, ...LOOPBACK].join(' ') : '*';
  const patterns = origins.patterns
    .filter(({ host }) => HOST.test(host))
    .map(({ scheme, host, below }) => `${scheme}://${below ? '*.' : ''}${host}`);
  // A star means the schemes of the web, and an app may have one of its own.
  return [...new Set([origins.any ? '*' : SELF, ...patterns])].join(' ');
}
