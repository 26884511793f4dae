/**
 * What the DOM of an answer may be made of, and the only place where it is made (rules X2 and X3): whatever text asks
 * for, there is no other element and no other attribute, and no address that pages could run.
 */

const TAGS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'hr',
  'br',
  'pre',
  'code',
  'em',
  'strong',
  'del',
  'a',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'input',
  'div',
  'span',
  'button',
] as const;

/** `href` is the only one whose value comes from the text, by way of `url-policy.ts`; `title` is made from it. */
const ATTRIBUTES = [
  'href',
  'title',
  'rel',
  'target',
  'referrerpolicy',
  'class',
  'part',
  'start',
  'align',
  'type',
  'disabled',
  'checked',
  'role',
  'tabindex',
  'aria-label',
  'dir',
] as const;

export type Tag = (typeof TAGS)[number];
export type AttributeName = (typeof ATTRIBUTES)[number];

const tags: ReadonlySet<string> = new Set(TAGS);
const attributes: ReadonlySet<string> = new Set(ATTRIBUTES);

const ADDRESS = /^(?:https?:\/\/|mailto:)/;

/** Types already say all of this; it holds all the same where a mistake or a cast got past them. */
export function makeElement(document: Document, tag: Tag): HTMLElement {
  if (!tags.has(tag)) throw new TypeError(`no <${tag}> in an answer`);
  return document.createElement(tag);
}

export function setAttribute(element: Element, name: AttributeName, value: string): void {
  if (!attributes.has(name) || (name === 'href' && !ADDRESS.test(value)))
    throw new TypeError(`no ${name}="${value}" in an answer`);
  element.setAttribute(name, value);
}
