/** `<ivy-chat>` in JSX of Solid, which sets properties of elements with a hyphen and listens by `on:ivy-…`. */
import type { JSX } from 'solid-js';
import type { IvyChatElement, IvyChatListeners, IvyChatProps } from './element.ts';

type Chat = Omit<JSX.HTMLAttributes<IvyChatElement>, keyof IvyChatProps> &
  IvyChatProps &
  IvyChatListeners<'on:'>;

declare module 'solid-js' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- merging into a name space takes one
  namespace JSX {
    interface IntrinsicElements {
      'ivy-chat': Chat;
    }
  }
}
