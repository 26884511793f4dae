/**
 * The chat of a page that has the script's tag and no other, since its editor strips elements that it does not know. Every
 * attribute of the element can stand on it, as `data-thread-id`; a tag that has none of them makes nothing.
 */
import { IvyChatElement } from './ivy-chat.ts';
import { LOOKS } from './looks-of-tag.ts';
import { currentScript, isOwn, ownTags } from './own-tag.ts';

/** The one that there is: a page whose tag is there twice has meant one chat. */
let placed: IvyChatElement | undefined;
let isWaiting = false;

/** To be called while the script is being evaluated, by each copy of it. */
export function placeChatOfTag(): void {
  if (isWaiting || placed?.isConnected === true) return;
  const current = currentScript();
  const tag = (current === undefined ? ownTags() : [current]).find(
    (one) => isOwn(one) && valuesOf(one, IvyChatElement.observedAttributes).length > 0,
  );
  if (tag === undefined) return;
  const chat = chatOf(tag);
  placed = chat;
  if (!chat.launcher && document.querySelector('body')?.contains(tag) === true) {
    tag.after(chat);
    return;
  }
  const append = (): void => {
    isWaiting = false;
    document.body.append(chat);
  };
  isWaiting = document.readyState === 'loading';
  if (isWaiting) document.addEventListener('DOMContentLoaded', append, { once: true });
  else append();
}

function chatOf(tag: HTMLScriptElement): IvyChatElement {
  const chat = document.createElement('ivy-chat');
  for (const [name, value] of valuesOf(tag, IvyChatElement.observedAttributes)) {
    // eslint-disable-next-line no-restricted-syntax -- one of the names that the element itself has for its attributes
    chat.setAttribute(name, value);
  }
  for (const [name, value] of valuesOf(tag, LOOKS)) chat.style.setProperty(`--ivy-${name}`, value);
  return chat;
}

/** `false` is what people write who mean that there is none. */
function valuesOf(tag: HTMLScriptElement, names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((name) => {
    const value = tag.getAttribute(`data-${name}`);
    return value === null || value === 'false' ? [] : [[name, value]];
  });
}
