/**
 * What the DOM of an answer may be made of, and the only place where it is made (rules X2 and X3): whatever text asks
 * for, there is no other element and no other attribute, and no address that pages could run.
 */

export type Tag =
  | 'p'
  | `h${number}`
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'hr'
  | 'br'
  | 'pre'
  | 'code'
  | 'em'
  | 'strong'
  | 'del'
  | 'a'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'input'
  | 'div'
  | 'span'
  | 'button';

const TAGS =
  /^(?:p|h[1-6]|ul|ol|li|blockquote|hr|br|pre|code|em|strong|del|a|table|thead|tbody|tr|th|td|input|div|span|button)$/;

/** `href` is the only one whose value comes from the text, by way of `url-policy.ts`; `title` is made from it. */
export type AttributeName =
  | 'href'
  | 'title'
  | 'rel'
  | 'target'
  | 'referrerpolicy'
  | 'class'
  | 'part'
  | 'start'
  | 'align'
  | 'type'
  | 'disabled'
  | 'checked'
  | 'role'
  | 'tabindex'
  | 'aria-label'
  | 'dir';

const ATTRIBUTES =
  /^(?:href|title|rel|target|referrerpolicy|class|part|start|align|type|disabled|checked|role|tabindex|aria-label|dir)$/;

const ADDRESS = /^(?:https?:\/\/|mailto:)/;

/** Types already say this of most; it holds all the same where a mistake or a cast got past them. */
export function makeElement(document: Document, tag: Tag): HTMLElement {
  if (!TAGS.test(tag)) throw new TypeError(`no <${tag}> in an answer`);
  return document.createElement(tag);
}

export function setAttribute(element: Element, name: string, value: string): void {
  if (!ATTRIBUTES.test(name) || (name === 'href' && !ADDRESS.test(value)))
    throw new TypeError(`no ${name}="${value}" in an answer`);
  element.setAttribute(name, value);
}
