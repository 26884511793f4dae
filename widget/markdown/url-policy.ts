/** Which addresses in an answer may become links (rule X3), and how a link is described. Pure. */

const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** Characters that show nothing, or that turn the text around them: they make one address look like another. */
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/g;

export interface SafeUrl {
  readonly href: string;
  /** Where it really goes: the host, in punycode where it is not ASCII, or the address of a mail. */
  readonly destination: string;
}

/** Undefined where the address may not be a link. Relative ones may not: on the page they would be its own actions. */
export function safeUrl(address: string): SafeUrl | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (!SCHEMES.has(url.protocol)) return undefined;
  if (url.protocol === 'mailto:') return { href: url.href, destination: url.pathname };
  return { href: url.href, destination: url.host };
}

/** Text of a link, without what could disguise it. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '');
}
