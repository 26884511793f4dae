/** `<ivy-chat>` in JSX of React 19, which sets properties and listens by `onivy-…`; React 18 only writes attributes. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { IvyChatElement, IvyChatListeners, IvyChatProps } from './element.ts';

type Chat = Omit<DetailedHTMLProps<HTMLAttributes<IvyChatElement>, IvyChatElement>, keyof IvyChatProps> &
  IvyChatProps &
  IvyChatListeners<'on'>;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- merging into a name space takes one
  namespace JSX {
    interface IntrinsicElements {
      'ivy-chat': Chat;
    }
  }
}
