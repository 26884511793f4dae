/** `<ivy-chat>` in Svelte: `onivy-…` in version 5, `on:ivy-…` before it. */
import type { HTMLAttributes } from 'svelte/elements';
import type { IvyChatElement, IvyChatListeners, IvyChatProps } from './element.ts';

type Chat = Omit<HTMLAttributes<IvyChatElement>, keyof IvyChatProps> &
  IvyChatProps &
  IvyChatListeners<'on'> &
  IvyChatListeners<'on:'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'ivy-chat': Chat;
  }
}
