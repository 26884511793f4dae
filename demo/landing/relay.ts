/** Which relay the page is about: the address may name one, else whoever serves the page has, else it is the page's own server. */

/** As the chat's `host` attribute takes it. */
export function relayHost(): string {
  const asked = new URLSearchParams(location.search).get('host') ?? '';
  const host = [asked.trim(), setting('ivy-relay')].find((known) => known !== '');
  return host ?? location.origin;
}

/** Where a page gets the script from, so that it needs no `host`; undefined for a host that is none. */
export function scriptAddress(host: string): string | undefined {
  const isPrivate = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|\/|$)/.test(host);
  const address = /^\w+:\/\//.test(host)
    ? host.replace(/^ws/i, 'http')
    : `${isPrivate ? 'http' : 'https'}://${host}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, pathname } = new URL(address);
  return /^https?:$/.test(protocol) ? `${origin}${pathname.replace(/\/+$/, '')}/ivy-chat.js` : undefined;
}

/** What whoever serves the page has written into it; empty where that is nothing. */
export function setting(name: 'ivy-relay' | 'ivy-runner' | 'ivy-service'): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
