/** The seven ways in which a block of HTML begins and ends. We only need to know where it is: it is shown as text. */

const NAME = '[a-z][a-z\\d-]*';
const ATTRIBUTE = '[a-z_:][\\w.:-]*';
const VALUE = '(?:[^"\'=<>`\\x00-\\x20]+|\'[^\']*\'|"[^"]*")';

const OPEN_TAG_START = `<${NAME}(?:\\s+${ATTRIBUTE}(?:\\s*=\\s*${VALUE})?)*`;
export const OPEN_TAG = `${OPEN_TAG_START}\\s*/?>`;
export const UNFINISHED_TAG = `${OPEN_TAG_START}(?:\\s+${ATTRIBUTE}\\s*=\\s*(?:'[^']*|"[^"]*)?|\\s*/?)$`;
export const CLOSE_TAG = `</${NAME}\\s*>`;

const BLOCK_NAMES =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';

/** Without an end, it is a blank line. */
type HtmlStart = readonly [start: RegExp, end?: RegExp];

const ANYWHERE: readonly HtmlStart[] = [
  [/^<(?:script|pre|textarea|style)(?:\s|>|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^</?(?:${BLOCK_NAMES})(?:\\s|/?>|$)`, 'i')],
];
/** Any other tag does not interrupt a paragraph. */
const OTHER: HtmlStart = [new RegExp(`^(?:${OPEN_TAG}|${CLOSE_TAG})\\s*$`, 'i')];

export function findHtmlStart(text: string, isInParagraph: boolean): HtmlStart | undefined {
  return (isInParagraph ? ANYWHERE : [...ANYWHERE, OTHER]).find(([start]) => start.test(text));
}
