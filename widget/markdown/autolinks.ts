/** GFM's extended autolinks: addresses that stand in the text without any mark. */

export interface Autolink {
  readonly start: number;
  readonly end: number;
  readonly href: string;
  /** Where it ended before punctuation was taken off: text that grows from here can still change it. */
  readonly reach: number;
}

const CANDIDATE = /https?:\/\/|www\.|@/gi;
const NOT_SPACE = /[^\s<]*/y;
const DOMAIN = /^[\p{L}\p{N}._-]*/u;
const EMAIL_DOMAIN = /[\w-]+(?:\.[\w-]+)+/y;
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

function readAddress(text: string, start: number, prefix: string): Autolink | undefined {
  const before = text.charAt(start - 1);
  const isWww = prefix.toLowerCase() === 'www.';
  if (isWww ? !/^[\s*_~(]?$/.test(before) : /^[a-z]$/i.test(before)) return undefined;
  NOT_SPACE.lastIndex = start;
  const raw = NOT_SPACE.exec(text)?.[0] ?? '';
  const address = trimEnd(beforeOuterBracket(raw));
  const domain = DOMAIN.exec(address.slice(isWww ? 0 : prefix.length))?.[0] ?? '';
  if (!isDomain(domain, isWww ? 2 : 1)) return undefined;
  const href = isWww ? `http://${address}` : address;
  return { start, end: start + address.length, href, reach: start + raw.length };
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
  return { start, end, href: `mailto:${text.slice(start, end)}`, reach: end };
}

/** All addresses of a text, in order. */
export function findAutolinks(text: string): Autolink[] {
  const found: Autolink[] = [];
  let floor = 0;
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const isEmail = match[0] === '@';
    const link = isEmail ? readEmail(text, match.index, floor) : readAddress(text, match.index, match[0]);
    if (isEmail) floor = match.index + 1;
    if (link === undefined) continue;
    found.push(link);
    floor = link.end;
    CANDIDATE.lastIndex = link.end;
  }
  return found;
}
