/** `<ivy-chat>` in JSX of Preact. */
import type { HTMLAttributes } from 'preact';
import type { IvyChatElement, IvyChatListeners, IvyChatProps } from './element.ts';

type Chat = Omit<HTMLAttributes<IvyChatElement>, keyof IvyChatProps> & IvyChatProps & IvyChatListeners<'on'>;

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- merging into a name space takes one
  namespace JSX {
    interface IntrinsicElements {
      'ivy-chat': Chat;
    }
  }
}
