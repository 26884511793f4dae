/** Which addresses in an answer may become links (rule X3), and how a link tells where it leads (rule X5). Pure. */

/**
 * Characters that show nothing, or that turn the text around them: they make one address look like another. Those that
 * join letters and emoji are among them; a word without them can still be read.
 */
const INVISIBLE = /(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029\u2800]/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const NOT_IN_HOST = /[^\p{L}\p{M}\p{N}.-]+/u;
/** Browsers take them for a dot; NFKC makes dots of the others. */
const IDEOGRAPHIC_DOTS = /\u3002/g;
/**
 * Names in code have dots as well, so it takes an end that hosts have: no letters but of scripts that look alike, and
 * not those of Node.js and its like, which no country has.
 */
const HOST_END =
  /^(?!(?:js|ts)$)(?:[a-z]{2}|com|net|org|info|biz|gov|edu|mil|app|dev|bank|shop|cloud|online|site|xyz|example|xn--.*|(?=.*[^\0-\x7f])[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}]{2,})$/u;
const HOST_MAX_CHARS = 253;

export interface SafeUrl {
  readonly href: string;
  /** Where it really goes: the host, in punycode where it is not ASCII, or the address of a mail. */
  readonly destination: string;
}

/**
 * Undefined where the address may not be a link. Relative ones may not: on the page they would be its own actions. A
 * name before the host is left out, for it is there to be taken for the host.
 */
export function safeUrl(address: string): SafeUrl | undefined {
  const url = parse(address);
  if (url?.protocol === 'mailto:' && url.pathname.includes('@'))
    return { href: url.href, destination: url.pathname };
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return { href: url.href, destination: url.host };
}

/** Text of a link, without what could disguise it. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** There would be nothing to see of it. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(visibleText(text));
}

/** Whether the text of a link could be taken for another address than its own. */
export function namesAnotherHost(text: string, { destination }: SafeUrl): boolean {
  const shown = visibleText(text).normalize('NFKC').replace(IDEOGRAPHIC_DOTS, '.').trim().toLowerCase();
  const real = hostOf(destination.replace(/^.*@/, ''));
  if (shown === destination || (!/[\s@]/.test(shown) && hostOf(shown) === real)) return false;
  if (shown.includes('://')) return true;
  return shown.split(NOT_IN_HOST).some((word) => looksLikeHost(word) && hostOf(word) !== real);
}

function looksLikeHost(word: string): boolean {
  const name = word.replace(/\.$/, '');
  const end = name.lastIndexOf('.');
  if (end < 1 || name.length > HOST_MAX_CHARS) return false;
  return name.startsWith('www.') || HOST_END.test(name.slice(end + 1));
}

/** Of an address with or without a scheme. */
function hostOf(address: string): string | undefined {
  const url = parse(address.includes('://') ? address : `http://${address}`);
  return url?.hostname.replace(/^www\.|\.$/g, '');
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
