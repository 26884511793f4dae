/** What raw HTML begins with, in a line of text and as a block. We only need to know where it is: it is shown as text. */

/** A tag; the group is its end. `orEnd` is nothing, or `|$`: then it may be one of which the rest has not arrived. */
export function tagPattern(orEnd: '' | '|$'): string {
  const name = '[a-z][a-z\\d-]*';
  const value = `[^"'=<>\`\\x00-\\x20]+|'[^']*(?:'${orEnd})|"[^"]*(?:"${orEnd})${orEnd}`;
  const attribute = `\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:${value}))?`;
  return `^<(?:${name}(?:${attribute})*\\s*/?|/${name}\\s*)(>${orEnd})`;
}

/** Comments, instructions, declarations and sections. */
export const HTML_SPANS: readonly { readonly start: RegExp; readonly end: RegExp }[] = [
  { start: /^<!--/, end: /-->/ },
  { start: /^<\?/, end: /\?>/ },
  { start: /^<![a-z]/i, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
];

const BLOCK_NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

export interface HtmlStart {
  readonly start: RegExp;
  /** None: a blank line. */
  readonly end?: RegExp;
  readonly cannotInterruptParagraph?: true;
}

/** The seven ways in which a block of HTML begins and ends. */
export const HTML_STARTS: readonly HtmlStart[] = [
  { start: /^<(?:script|pre|textarea|style)(?:\s|>|$)/i, end: /<\/(?:script|pre|textarea|style)>/i },
  ...HTML_SPANS,
  { start: new RegExp(`^</?(?:${BLOCK_NAMES})(?:\\s|/?>|$)`, 'i') },
  { start: new RegExp(`${tagPattern('')}\\s*$`, 'i'), cannotInterruptParagraph: true },
];
