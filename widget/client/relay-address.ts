/** From a `host` option to the address of a room (rule H1). */
import { fail, PARTY, roomOfThread, succeed, threadIdSchema, type Result } from '#protocol';

export type AddressFailure = 'bad_host' | 'bad_thread_id' | 'insecure_host';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * `host`: `chat.example.com`, `localhost:1999`, or an address with a scheme. Without one it is `wss`, but for loopback
 * names. The scheme is decided here because partysocket guesses it from the host's first digits. `hasToken`: a token is
 * never sent where everybody on the way could read it (A16).
 */
export function relayAddress(
  host: string,
  threadId: string,
  hasToken = false,
): Result<string, AddressFailure> {
  if (!threadIdSchema.safeParse(threadId).success) return fail('bad_thread_id');
  const url = relayServer(host);
  if (url === undefined) return fail('bad_host');
  if (hasToken && !isPrivate(url)) return fail('insecure_host');
  return succeed(`${url}/parties/${PARTY}/${roomOfThread(threadId)}`);
}

function isPrivate(address: string): boolean {
  return address.startsWith('wss:') || LOOPBACK.test(new URL(address).hostname);
}

/** The same for every way to write the same server: a scheme, `ws` or `wss`, and no slash at its end. */
export function relayServer(host: string): string | undefined {
  const hasScheme = /^(?:http|ws)s?:\/\//i.test(host);
  // Of another scheme, the name would be taken for the host's.
  if (!hasScheme && host.includes('://')) return undefined;
  try {
    const url = new URL(hasScheme ? host.replace(/^ws/i, 'http') : `https://${host}`);
    if (url.search !== '' || url.hash !== '' || url.username !== '') return undefined;
    const secure = url.protocol === 'https:' && (hasScheme || !LOOPBACK.test(url.hostname));
    return `${secure ? 'wss' : 'ws'}://${url.host}${url.pathname.replace(/\/+$/, '')}`;
  } catch {
    return undefined;
  }
}
