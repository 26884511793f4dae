/**
 * Which addresses in an answer may become links (rule X3), and how a link tells where it leads (rule X5). Pure. Expressions
 * with classes of letters are made where they are used: a browser takes a tenth of a millisecond for each.
 */

/** Browsers take the first one for a dot, people all of them; NFKC makes dots of the others. */
const DOTS = /[\u3002\u0660\u06f0\u0701\u0702\ua4f8\ua60e]/g;
const HOST_MAX_CHARS = 253;
/** More of what is beside a link does not make another host of it. */
const BESIDE_MAX_CHARS = 64;

/** Header fields of a mail that its writer sees; others would add readers whom nothing shows. */
const MAIL_FIELD = /^(?:subject|body)=/i;
/** More than one address, or one that is written so that it cannot be read. */
const UNCLEAR_ADDRESS = /[,;%]/;
const NOT_IN_ADDRESS = /[\s<>()[\],;:"'?!]+/;

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
  if (url?.protocol === 'mailto:' && url.pathname.includes('@')) {
    const fields = url.search.slice(1).split('&');
    url.search = fields.filter((field) => MAIL_FIELD.test(field)).join('&');
    url.hash = '';
    return { href: url.href, destination: url.pathname };
  }
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return { href: url.href, destination: url.host };
}

/**
 * Text of a link, without what could disguise it: characters that show nothing, or that turn the text around them, make one
 * address look like another. Those that join letters and emoji are among them; a word without them can still be read.
 */
export function visibleText(text: string): string {
  return text.replace(/(?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\u2028\u2029\u2800]/gu, '');
}

/** There would be nothing to see of it. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{N}\p{P}\p{S}]/u.test(visibleText(text));
}

/**
 * Whether the text of a link could be taken for another address than its own. `inPlace` is the text with what it touches:
 * to the eye one word, however many links it is made of.
 */
export function namesAnotherHost(text: string, { destination }: SafeUrl, inPlace = text): boolean {
  const shown = asSeen(text).trim();
  const real = UNCLEAR_ADDRESS.test(destination) ? undefined : hostOf(destination.replace(/^.*@/, ''));
  if (shown === destination || (!/[\s@]/.test(shown) && spells(shown, real))) return false;
  if (shown.includes('://') || namesAnotherAddress(shown, destination)) return true;
  return [shown, asSeen(inPlace)].some((seen) =>
    wordsOf(seen).some((word) => looksLikeHost(word) && !spells(withoutEnd(word), real)),
  );
}

/** The part of a text from `start` to `end`, with what touches it and could be of one host with it. */
export function withNeighbours(text: string, start: number, end: number): string {
  const before = wordsOf(asSeen(text.slice(Math.max(0, start - BESIDE_MAX_CHARS), start)));
  const after = wordsOf(asSeen(text.slice(end, end + BESIDE_MAX_CHARS)));
  return `${before.at(-1) ?? ''}${text.slice(start, end)}${after[0] ?? ''}`;
}

function asSeen(text: string): string {
  return visibleText(text).normalize('NFKC').replace(DOTS, '.').toLowerCase();
}

/** What is between the characters that no host has. */
function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{M}\p{N}.-]+/u);
}

/** As it is, and not in letters that only look like it. */
function spells(address: string, real: string | undefined): boolean {
  return real !== undefined && hostOf(address) === real && address.includes(real);
}

/** A mail to somebody else of the same host. */
function namesAnotherAddress(shown: string, destination: string): boolean {
  if (!destination.includes('@')) return false;
  const words = shown.split(NOT_IN_ADDRESS).map(withoutEnd);
  return words.some((word) => word.includes('@') && word !== destination.toLowerCase());
}

/**
 * Names in code have dots as well, so it takes a start or an end that hosts have: no letters but of scripts that look alike,
 * and not those of Node.js and its like, which no country has; or four numbers.
 */
function looksLikeHost(word: string): boolean {
  if (!word.includes('.')) return false;
  const name = withoutEnd(word.replace(/\p{M}+/gu, ''));
  const host =
    /^(?:www\.|(?:\d{1,3}\.){3}\d{1,3}$|.+\.(?!(?:js|ts)$)(?:[a-z]{2}|com|net|org|info|biz|gov|edu|mil|app|dev|bank|shop|cloud|online|site|xyz|example|xn--[^.]*|(?=.*[^\0-\x7f])[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}\p{sc=Copt}\p{sc=Lisu}]{2,})$)/u;
  return name.length <= HOST_MAX_CHARS && host.test(name);
}

/** Dots and hyphens after a host are of the sentence. */
function withoutEnd(word: string): string {
  let end = word.length;
  while (end > 0 && '.-'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
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
