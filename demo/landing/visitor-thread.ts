/** A conversation of the visitor's own, which the browser remembers; `?thread=` asks for another one. */
import { parseThreadId } from '#protocol';

/** `purpose`: a page has several conversations, each with one of its own. */
export function visitorThread(purpose: 'live' | 'lab'): string {
  const asked = parseThreadId(new URLSearchParams(location.search).get('thread'));
  if (asked.ok) return purpose === 'live' ? asked.value : `${asked.value}-${purpose}`;
  const key = `ivy-demo-${purpose}`;
  try {
    const known = parseThreadId(localStorage.getItem(key));
    if (known.ok) return known.value;
    const fresh = newThread();
    localStorage.setItem(key, fresh);
    return fresh;
  } catch {
    // Storage is forbidden: then a reload begins anew.
    return newThread();
  }
}

/** Nobody can guess it. `crypto.randomUUID` is not there on pages without TLS. */
export function newThread(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
