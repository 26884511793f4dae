/**
 * Which pages may open conversations: `ALLOWED_ORIGINS`, read once, and matched part by part. No expression and no
 * substring is ever tried against an origin (A1).
 */
import { fail, succeed, type Result } from '#protocol';

/** A page that has no origin of its own: a sandboxed frame, a file. Browsers send this word. */
const OPAQUE = 'null';
/** A program that sends no origin, which no page can. */
const NONE = 'none';
const ANY = '*';

interface Pattern {
  readonly scheme: string;
  /** Without `*.`, in ASCII, with its port where that is not the scheme's own. */
  readonly host: string;
  /** Every host below `host`, and not `host` itself. */
  readonly below: boolean;
}

export interface AllowedOrigins {
  readonly any: boolean;
  readonly opaque: boolean;
  readonly none: boolean;
  readonly patterns: readonly Pattern[];
}

/** `text`: origins with commas or spaces between them. The failure names each that cannot be one by its place. */
export function parseAllowedOrigins(text: string): Result<AllowedOrigins, readonly string[]> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const problems: string[] = [];
  const patterns: Pattern[] = [];
  for (const [index, word] of words.entries()) {
    if (word === OPAQUE || word === NONE || word === ANY) continue;
    const pattern = parsePattern(word);
    if (pattern === undefined) problems.push(`has no origin in place ${index + 1}: ${ADVICE}`);
    else patterns.push(pattern);
  }
  if (problems.length > 0) return fail(problems);
  return succeed({
    any: words.includes(ANY),
    opaque: words.includes(OPAQUE),
    none: words.includes(NONE),
    patterns,
  });
}

const ADVICE =
  'an origin is a scheme and a host, as in https://www.example.com, https://*.example.com or http://localhost:3000';

function parsePattern(word: string): Pattern | undefined {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(\*\.)?([^/?#@*%\\]+)$/i.exec(word);
  const [, scheme = '', star, host = ''] = parts ?? [];
  const origin = parseOrigin(`${scheme}://${host}`);
  if (parts === null || origin === undefined) return undefined;
  // `*.com` would be everybody.
  if (star !== undefined && !origin.host.replace(/:\d+$/, '').includes('.')) return undefined;
  return { ...origin, below: star !== undefined };
}

interface Origin {
  readonly scheme: string;
  readonly host: string;
}

/** Undefined for what is not a scheme and a host, and nothing else. */
export function parseOrigin(text: string): Origin | undefined {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@*,%\\\s]+)$/i.exec(text);
  const [, scheme = '', host = ''] = parts ?? [];
  if (parts === null) return undefined;
  // Of other schemes (an app's own) the host is not normalised by anybody, so it is compared as it is.
  if (!/^https?$/i.test(scheme)) return { scheme: scheme.toLowerCase(), host };
  try {
    const url = new URL(text);
    // An empty part names nothing, so no browser writes it.
    if (/^\.|\.\./.test(url.host)) return undefined;
    return { scheme: url.protocol.slice(0, -1), host: url.host };
  } catch {
    return undefined;
  }
}

/** `origin`: the header, undefined where there is none. */
export function allowsOrigin(allowed: AllowedOrigins, origin: string | undefined): boolean {
  if (origin === undefined) return allowed.none;
  if (origin === OPAQUE) return allowed.opaque;
  if (allowed.any) return true;
  const asked = parseOrigin(origin);
  if (asked === undefined) return false;
  return allowed.patterns.some(
    ({ scheme, host, below }) =>
      scheme === asked.scheme && (below ? asked.host.endsWith(`.${host}`) : asked.host === host),
  );
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** A page on this machine, as long as nobody has said which pages there are. */
export function isLoopback(origin: string | undefined): boolean {
  const asked = origin === undefined ? undefined : parseOrigin(origin);
  return asked !== undefined && /^https?$/.test(asked.scheme) && LOOPBACK.test(asked.host);
}

/**
 * A page that the relay itself has served. Behind a proxy that ends TLS the relay only sees the host; a plain http host
 * is believed on this machine alone, since any name can be made to point here.
 */
export function isOwn(origin: string | undefined, relayUrl: string): boolean {
  const asked = origin === undefined ? undefined : parseOrigin(origin);
  if (asked?.host !== new URL(relayUrl).host) return false;
  return asked.scheme === 'https' || (asked.scheme === 'http' && LOOPBACK.test(asked.host));
}
