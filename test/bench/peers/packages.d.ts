/** As much of the peers' packages as is used here, so that the project can be checked where they are not installed. */

declare module 'react' {
  export type Element = object;
  export function createElement(type: unknown, properties: object | null, ...children: unknown[]): Element;
  export function useState<State>(initial: State): [State, (next: State) => void];
}

declare module 'react-dom' {
  export function flushSync(work: () => void): void;
}

declare module 'react-dom/client' {
  import type { Element } from 'react';
  export function createRoot(container: HTMLElement): { render(element: Element): void };
}

declare module 'streamdown' {
  export const Streamdown: unknown;
}
