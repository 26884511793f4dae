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

export interface HtmlStart {
  readonly start: RegExp;
  /** Undefined: a blank line. */
  readonly end: RegExp | undefined;
  readonly canInterruptParagraph: boolean;
}

export const HTML_STARTS: readonly HtmlStart[] = [
  {
    start: /^<(?:script|pre|textarea|style)(?:\s|>|$)/i,
    end: /<\/(?:script|pre|textarea|style)>/i,
    canInterruptParagraph: true,
  },
  { start: /^<!--/, end: /-->/, canInterruptParagraph: true },
  { start: /^<\?/, end: /\?>/, canInterruptParagraph: true },
  { start: /^<![a-z]/i, end: />/, canInterruptParagraph: true },
  { start: /^<!\[CDATA\[/, end: /\]\]>/, canInterruptParagraph: true },
  {
    start: new RegExp(`^</?(?:${BLOCK_NAMES})(?:\\s|/?>|$)`, 'i'),
    end: undefined,
    canInterruptParagraph: true,
  },
  {
    start: new RegExp(`^(?:${OPEN_TAG}|${CLOSE_TAG})\\s*$`, 'i'),
    end: undefined,
    canInterruptParagraph: false,
  },
];
