/** GFM's extended autolinks: addresses that stand in the text without any mark. */
import { endOf } from './link-syntax.ts';

export interface Autolink {
  readonly start: number;
  readonly end: number;
  readonly href: string;
  /** Where it ended before punctuation was taken off: text that grows from here can still change it. */
  readonly reach: number;
}

/** What an address can begin with where it stands; of a mail address the group is what is before its `@`. */
const CANDIDATE = /(?<![a-z])https?:\/\/|(?<![^\s*_~(])www\.|@(?<=([\w.+-]*)@)/gi;
const NOT_SPACE = /[^\s<]*/y;
/** All that follows will be taken off. */
const NOTHING_MORE = /(?:[?!.,:;*_~'")]|&[a-z\d]{1,38};)*(?=[\s<\]]|$)/iy;
const EMAIL_DOMAIN = /[\w-]+(?:\.[\w-]+)+/y;
/** Bounded, because many addresses may stand in one word. */
const EMAIL_REACH = /[^\s<]{0,254}/y;
/** Looked at in the last characters only. */
const NOT_AT_END = /(?:&[a-z\d]+;|[?!.,:;*_~'"])$/i;
const NOT_AT_END_CHARS = 40;

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
    const surely = NOT_AT_END.exec(text.slice(-NOT_AT_END_CHARS));
    if (surely !== null) text = text.slice(0, -surely[0].length);
    else if (surplus > 0 && text.endsWith(')')) {
      text = text.slice(0, -1);
      surplus -= 1;
    } else return text;
  }
}

function readEmail(text: string, start: number, at: number): Autolink | undefined {
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
  let wordEnd = 0;

  const readAddress = (start: number, prefix: string): Autolink | undefined => {
    const isWww = /^w/i.test(prefix);
    const domain = isWww ? start : start + prefix.length;
    const domainEnd = endOf(/[\p{L}\p{N}._-]*/uy, text, domain);
    if (!isDomain(text.slice(domain, lastOfDomain(text, domain, domainEnd)), isWww ? 2 : 1)) {
      // Nor is there one in it, which would end in the same way; but the scheme of the next may be its end.
      CANDIDATE.lastIndex = Math.max(CANDIDATE.lastIndex, domainEnd - 'https'.length);
      return undefined;
    }
    if (wordEnd <= start) wordEnd = endOf(NOT_SPACE, text, start);
    const address = trimEnd(beforeOuterBracket(text.slice(start, wordEnd)));
    const href = isWww ? `http://${address}` : address;
    return { start, end: start + address.length, href, reach: wordEnd };
  };

  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const { 0: prefix, 1: local, index } = match;
    const link =
      local === undefined
        ? readAddress(index, prefix)
        : readEmail(text, Math.max(found.at(-1)?.end ?? 0, index - local.length), index);
    if (link !== undefined) {
      found.push(link);
      CANDIDATE.lastIndex = link.end;
    }
  }
  return found;
}
