/**
 * The inline phase: the text of one leaf in, its inline nodes out. One pass makes a flat list of tokens, in which
 * brackets and delimiter runs say what they open and close; `inline-tree.ts` nests them at the end.
 */
import { findAutolinks, type Autolink } from './autolinks.ts';
import { ESCAPE, normalizeLabel, unescapeText } from './characters.ts';
import { leaveOpen, pairUp, readDelimiterRun, type DelimiterRun } from './emphasis.ts';
import { htmlLength } from './inline-html.ts';
import { isImage, nestTokens, type Bracket, type Token } from './inline-tree.ts';
import { matchAt, readInlineTarget, readLabel, type Read, type Target } from './link-syntax.ts';
import type { Inline } from './tree.ts';
import { withoutUnfinishedEnd } from './unfinished.ts';

const TEXT_OR_MARKS = /[^\n`[\]!\\&<*_~]+|\\?\n[ \t]*|`+|!\[|\*+|_+|~+/;
const TOKEN = new RegExp(`${TEXT_OR_MARKS.source}|${ESCAPE.source}|[^]`, 'iy');
/** At the end of a text also the start of one, without the second group. */
const URI_AUTOLINK = /^<([a-z][a-z\d+.-]{1,31}:[^<>\x00-\x20]*|(?:h(?:t(?:t(?:ps?)?)?)?)?$)(>|$)/i;
const EMAIL_AUTOLINK =
  /^<([\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*)>/i;
/** Raw HTML is not waited for further away from the end. */
const UNFINISHED_HTML_MAX_CHARS = 2_048;

export interface InlineOptions {
  /** What a normalized label is defined as. */
  readonly lookUp: (label: string) => Target | undefined;
  /** The text may go on: marks that are still open are taken to be closed at its end, and links stay text till they are. */
  readonly isUnfinished: boolean;
}

export function parseInlines(text: string, options: InlineOptions): readonly Inline[] {
  return new InlineParser(options.isUnfinished ? withoutUnfinishedEnd(text) : text, options).parse();
}

class InlineParser {
  readonly #text: string;
  readonly #options: InlineOptions;
  readonly #tokens: Token[] = [];
  /** Runs of marks that may still pair up. */
  readonly #delimiters: DelimiterRun[] = [];
  /** Brackets that may still become links, innermost last. */
  readonly #brackets: Bracket[] = [];
  /** So many of them, from the outside, hold a link already: they cannot become links. */
  #linkedBrackets = 0;
  /** Of those ahead, the next one last. */
  readonly #autolinks: Autolink[];
  #offset = 0;
  /** Of the token that was found last. An address may be in it, so it is gone through once, in parts. */
  #tokenEnd = 0;
  /** Offsets of runs of backticks by length, the next one last. */
  #backticks: Map<number, number[]> | undefined;
  readonly #absentHtmlEnds = new Set<RegExp>();

  constructor(text: string, options: InlineOptions) {
    this.#text = text;
    this.#options = options;
    this.#autolinks = findAutolinks(text).reverse();
  }

  parse(): readonly Inline[] {
    while (this.#offset < this.#text.length) this.#parseNext();
    const openers = pairUp(this.#delimiters);
    if (this.#options.isUnfinished) {
      leaveOpen(openers);
      this.#brackets.forEach((bracket, index) => {
        bracket.isPending ||= isImage(bracket) || index >= this.#linkedBrackets;
      });
    }
    return nestTokens(this.#tokens);
  }

  #parseNext(): void {
    if (this.#readAutolink()) return;
    if (this.#tokenEnd <= this.#offset) {
      this.#tokenEnd = this.#offset + (matchAt(TOKEN, this.#text, this.#offset)?.[0].length ?? 1);
    }
    const token = this.#text.slice(this.#offset, this.#tokenEnd);
    switch (token.charAt(0)) {
      case '\n':
        this.#readLineEnd(token);
        break;
      case '`':
        this.#readCode(token);
        break;
      case '[':
        this.#openBracket(token);
        break;
      case '!':
        if (token === '![') this.#openBracket(token);
        else this.#pushText(token);
        break;
      case ']':
        this.#closeBracket();
        break;
      case '\\':
      case '&':
        if (token.charAt(1) === '\n') this.#pushNode({ type: 'break' }, this.#tokenEnd);
        else this.#pushText(unescapeText(token), token.length);
        break;
      case '<':
        this.#readAngle();
        break;
      case '*':
      case '_':
      case '~':
        this.#readDelimiters();
        break;
      default:
        this.#pushText(token.slice(0, this.#nextAutolinkStart - this.#offset));
    }
  }

  #pushText(text: string, length = text.length): void {
    this.#pushNode({ type: 'text', text }, this.#offset + length);
  }

  #pushNode(node: Inline, end: number): void {
    this.#tokens.push(node);
    this.#offset = end;
  }

  get #nextAutolinkStart(): number {
    return this.#autolinks.at(-1)?.start ?? Infinity;
  }

  #readAutolink(): boolean {
    while (this.#nextAutolinkStart < this.#offset) this.#autolinks.pop();
    const link = this.#autolinks.at(-1);
    if (link?.start !== this.#offset) return false;
    const text = this.#text.slice(link.start, link.end);
    if (this.#options.isUnfinished && link.reach === this.#text.length) this.#pushText(text);
    else this.#pushAutolink(link.href, text, link.end);
    return true;
  }

  #pushAutolink(href: string, text: string, end: number): void {
    this.#pushNode({ type: 'link', href, title: '', children: [{ type: 'text', text }] }, end);
  }

  /** Two spaces before it make it a break. */
  #readLineEnd(token: string): void {
    const before = this.#tokens.at(-1);
    let isHard = false;
    if (before?.type === 'text') {
      const { text } = before;
      let end = text.length;
      while (text.charAt(end - 1) === ' ') end -= 1;
      isHard = text.length - end >= 2;
      this.#tokens[this.#tokens.length - 1] = { type: 'text', text: text.slice(0, end) };
    }
    this.#pushNode(isHard ? { type: 'break' } : { type: 'text', text: '\n' }, this.#offset + token.length);
  }

  #readCode(opener: string): void {
    const start = this.#offset + opener.length;
    const end = this.#findBackticks(opener.length, start);
    if (end === undefined && !this.#options.isUnfinished) {
      this.#pushText(opener);
      return;
    }
    const code = this.#text.slice(start, end).replaceAll('\n', ' ');
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    const text = isPadded && end !== undefined ? code.slice(1, -1) : code;
    this.#pushNode({ type: 'code-span', text }, (end ?? this.#text.length) + opener.length);
  }

  /** The next run of exactly this length. All runs are looked for at once, and those that are passed forgotten. */
  #findBackticks(length: number, from: number): number | undefined {
    if (this.#backticks === undefined) {
      this.#backticks = new Map();
      for (const { 0: run, index } of [...this.#text.matchAll(/`+/g)].reverse()) {
        const offsets = this.#backticks.get(run.length) ?? [];
        offsets.push(index);
        this.#backticks.set(run.length, offsets);
      }
    }
    const offsets = this.#backticks.get(length) ?? [];
    while ((offsets.at(-1) ?? from) < from) offsets.pop();
    return offsets.at(-1);
  }

  #readAngle(): void {
    const { isUnfinished } = this.#options;
    const rest = this.#text.slice(this.#offset);
    const [, uri = '', uriEnd] = URI_AUTOLINK.exec(rest) ?? [];
    const [, email] = EMAIL_AUTOLINK.exec(rest) ?? [];
    if (uriEnd) this.#pushAutolink(uri, uri, this.#offset + uri.length + 2);
    else if (email) this.#pushAutolink(`mailto:${email}`, email, this.#offset + email.length + 2);
    else if (uriEnd === '' && isUnfinished) this.#pushText(uri, rest.length);
    else this.#readHtml(rest);
  }

  #readHtml(rest: string): void {
    const length = htmlLength(rest, this.#absentHtmlEnds) ?? 0;
    const text = rest.slice(0, length);
    if (length > rest.length) {
      // What may still become a tag is no place for links.
      const isWaitedFor = this.#options.isUnfinished && rest.length <= UNFINISHED_HTML_MAX_CHARS;
      this.#pushText(isWaitedFor ? rest : '<');
    } else if (text) this.#pushNode({ type: 'inline-html', text }, this.#offset + length);
    else this.#pushText('<');
  }

  #readDelimiters(): void {
    const run = readDelimiterRun(this.#text, this.#offset, this.#tokenEnd);
    this.#tokens.push(run);
    this.#delimiters.push(run);
    this.#offset = this.#tokenEnd;
  }

  #openBracket(text: string): void {
    this.#offset += text.length;
    const bracket: Bracket = {
      type: 'bracket',
      text,
      textStart: this.#offset,
      before: this.#delimiters.length,
      isPending: false,
      target: undefined,
    };
    this.#tokens.push(bracket);
    this.#brackets.push(bracket);
  }

  #closeBracket(): void {
    const opener = this.#brackets.pop();
    const holdsLink = this.#brackets.length < this.#linkedBrackets;
    this.#linkedBrackets = Math.min(this.#linkedBrackets, this.#brackets.length);
    if (opener === undefined || (holdsLink && !isImage(opener))) {
      this.#pushText(']');
      return;
    }
    const found = this.#findTarget(opener);
    if (found === 'unfinished') {
      opener.isPending = true;
      this.#offset = this.#text.length;
    } else if (found === undefined) this.#pushText(']');
    else this.#closeLink(opener, found);
  }

  #closeLink(opener: Bracket, { value, end }: Read<Target>): void {
    opener.target = value;
    pairUp(this.#delimiters.splice(opener.before));
    this.#tokens.push({ type: 'bracket-end' });
    this.#offset = end;
    if (!isImage(opener)) this.#linkedBrackets = this.#brackets.length;
  }

  #findTarget(opener: Bracket): Read<Target> | 'unfinished' | undefined {
    const after = this.#offset + 1;
    const inline = readInlineTarget(this.#text, after);
    const full = readLabel(this.#text, after);
    const isOpen = after === this.#text.length || (inline ?? full)?.end === Infinity;
    if (isOpen && this.#options.isUnfinished) return 'unfinished';
    if (!isOpen && inline) return inline;
    if (!isOpen && full?.value) return this.#lookUp(full.value, full.end);
    // What `[label]` is defined as counts only when no address and no other label follows.
    const label = readLabel(this.#text, opener.textStart - 1);
    if (label?.end !== after) return undefined;
    return this.#lookUp(label.value, !isOpen && full ? full.end : after);
  }

  #lookUp(label: string, end: number): Read<Target> | undefined {
    const normalized = normalizeLabel(label);
    const value = normalized === '' ? undefined : this.#options.lookUp(normalized);
    return value && { value, end };
  }
}
