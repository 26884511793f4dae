/** GFM's extended autolinks: addresses that stand in the text without any mark. */
import { endOf } from './link-syntax.ts';

export interface Autolink {
  readonly start: number;
  readonly end: number;
  readonly href: string;
  /** Where it ended before punctuation was taken off: text that grows from here can still change it. */
  readonly reach: number;
}

const CANDIDATE = /https?:\/\/|www\.|@/gi;
const NOT_SPACE = /[^\s<]*/y;
const DOMAIN = /[\p{L}\p{N}._-]*/uy;
/** All that follows will be taken off. */
const NOTHING_MORE = /(?:[?!.,:;*_~'")]|&[a-z\d]{1,38};)*(?=[\s<\]]|$)/iy;
const EMAIL_DOMAIN = /[\w-]+(?:\.[\w-]+)+/y;
/** Bounded, because many addresses may stand in one word. */
const EMAIL_REACH = /[^\s<]{0,254}/y;
const ENTITY_END = /&[a-z\d]+;$/i;
const PUNCTUATION_END = /[?!.,:;*_~'"]$/;
const LOCAL_CHARACTER = /[\w.+-]/;

/** The last two labels have no underscore; `www.` alone is no domain. */
function isDomain(domain: string, labelsMin: number): boolean {
  const labels = domain.split('.');
  return (
    domain !== '' && labels.length >= labelsMin && !labels.slice(-2).some((label) => label.includes('_'))
  );
}

/** Where the domain ends when punctuation has been taken off its address. */
function lastOfDomain(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && '._'.includes(text.charAt(last - 1))) last -= 1;
  NOTHING_MORE.lastIndex = last;
  return NOTHING_MORE.test(text) ? last : end;
}

/** Up to a bracket that was opened before: in `[https://a.example](…` it is the link that ends there. */
function beforeOuterBracket(address: string): string {
  let depth = 0;
  for (let index = 0; index < address.length; index += 1) {
    const character = address.charAt(index);
    if (character === '[') depth += 1;
    if (character === ']' && --depth < 0) return address.slice(0, index);
  }
  return address;
}

/** Takes off punctuation, closing parentheses that nothing opens, and an entity. */
function trimEnd(address: string): string {
  let text = address;
  let surplus = 0;
  for (const character of text) surplus += character === ')' ? 1 : character === '(' ? -1 : 0;
  for (;;) {
    const entity = text.endsWith(';') ? ENTITY_END.exec(text.slice(-40)) : null;
    if (entity !== null) text = text.slice(0, -entity[0].length);
    else if (PUNCTUATION_END.test(text.slice(-1))) text = text.slice(0, -1);
    else if (surplus > 0 && text.endsWith(')')) {
      text = text.slice(0, -1);
      surplus -= 1;
    } else return text;
  }
}

/** `floor`: where the autolink before ends. */
function readEmail(text: string, at: number, floor: number): Autolink | undefined {
  let start = at;
  while (start > floor && LOCAL_CHARACTER.test(text.charAt(start - 1))) start -= 1;
  if (start === at || text.charAt(start - 1) === '/') return undefined;
  EMAIL_DOMAIN.lastIndex = at + 1;
  const domain = EMAIL_DOMAIN.exec(text)?.[0];
  if (domain === undefined || /[-_]$/.test(domain)) return undefined;
  const end = at + 1 + domain.length;
  const reach = endOf(EMAIL_REACH, text, end);
  return { start, end, href: `mailto:${text.slice(start, end)}`, reach };
}

/** All addresses of a text, in order. A word is read once, however many addresses it seems to hold. */
export function findAutolinks(text: string): Autolink[] {
  const found: Autolink[] = [];
  let floor = 0;
  let wordEnd = 0;
  const add = (link: Autolink): void => {
    found.push(link);
    floor = link.end;
    CANDIDATE.lastIndex = link.end;
  };
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const { 0: prefix, index } = match;
    if (prefix === '@') {
      const link = readEmail(text, index, floor);
      floor = index + 1;
      if (link !== undefined) add(link);
      continue;
    }
    const isWww = prefix.toLowerCase() === 'www.';
    const before = text.charAt(index - 1);
    if (isWww ? !/^[\s*_~(]?$/.test(before) : /^[a-z]$/i.test(before)) continue;
    const domain = isWww ? index : index + prefix.length;
    const domainEnd = endOf(DOMAIN, text, domain);
    if (!isDomain(text.slice(domain, lastOfDomain(text, domain, domainEnd)), isWww ? 2 : 1)) {
      // Nor is there one in it, which would end in the same way; but the scheme of the next may be its end.
      CANDIDATE.lastIndex = Math.max(CANDIDATE.lastIndex, domainEnd - 'https'.length);
      continue;
    }
    if (wordEnd <= index) wordEnd = endOf(NOT_SPACE, text, index);
    const address = trimEnd(beforeOuterBracket(text.slice(index, wordEnd)));
    const href = isWww ? `http://${address}` : address;
    add({ start: index, end: index + address.length, href, reach: wordEnd });
  }
  return found;
}
