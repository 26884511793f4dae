/** What raw HTML begins with, in a line of text and as a block. We only need to know where it is: it is shown as text. */

/** A tag; the group is its end. `orEnd` is nothing, or `|$`: then it may be one of which the rest has not arrived. */
export function tagPattern(orEnd: '' | '|$'): string {
  const name = '[a-z][a-z\\d-]*';
  const value = `[^"'=<>\`\\x00-\\x20]+|'[^']*(?:'${orEnd})|"[^"]*(?:"${orEnd})${orEnd}`;
  const attribute = `\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:${value}))?`;
  return `^<(?:${name}(?:${attribute})*\\s*/?|/${name}\\s*)(>${orEnd})`;
}

/** What something begins with, and how it ends. */
type HtmlSpan = readonly [start: RegExp, end: RegExp];
/** Without an end, it is a blank line. */
type HtmlStart = readonly [start: RegExp, end?: RegExp];

/** Comments, instructions, declarations and sections. */
export const HTML_SPANS: readonly HtmlSpan[] = [
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

const BLOCK_NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

const ANYWHERE: readonly HtmlStart[] = [
  [/^<(?:script|pre|textarea|style)(?:\s|>|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  ...HTML_SPANS,
  [new RegExp(`^</?(?:${BLOCK_NAMES})(?:\\s|/?>|$)`, 'i')],
];
/** Any other tag does not interrupt a paragraph. */
const OTHER: HtmlStart = [new RegExp(`${tagPattern('')}\\s*$`, 'i')];

/** What of the seven blocks of HTML begins with this line. */
export function findHtmlStart(text: string, isInParagraph: boolean): HtmlStart | undefined {
  return (isInParagraph ? ANYWHERE : [...ANYWHERE, OTHER]).find(([start]) => start.test(text));
}
