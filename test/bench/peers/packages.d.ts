/** As much of a peer's package as is used here, so that the project can be checked where it is not installed. */

declare module 'streamdown' {
  import type { FunctionComponent, ReactNode } from 'react';

  export const Streamdown: FunctionComponent<{
    readonly mode: 'streaming' | 'static';
    readonly children?: ReactNode;
  }>;
}
