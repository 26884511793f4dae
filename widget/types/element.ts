/** What `<ivy-chat>` takes in a template, whichever framework writes it. */
import type { IvyChatEventMap } from '../events.ts';
import type { IvyChatElement } from '../ivy-chat.ts';

/** Properties by the names that they have in scripts. */
type Property =
  | 'threadId'
  | 'threadKey'
  | 'host'
  | 'token'
  | 'locale'
  | 'theme'
  | 'heading'
  | 'placeholder'
  | 'greeting'
  | 'announce'
  | 'disabled'
  | 'launcher'
  | 'open'
  | 'translations'
  | 'getToken';

/** Every name that a template may write, attribute or property. */
export type IvyChatProps = {
  readonly [Name in Property]?: IvyChatElement[Name] | undefined;
} & {
  readonly 'thread-id'?: string | undefined;
  readonly 'thread-key'?: string | undefined;
  /** A list, or text with `|` between the suggestions. */
  readonly suggestions?: string | readonly string[] | undefined;
};

/** Listeners by name, with `Prefix` before it: `onivy-done`, `on:ivy-done`. */
export type IvyChatListeners<Prefix extends string> = {
  readonly [Name in keyof IvyChatEventMap as `${Prefix}${Name}`]?:
    ((event: IvyChatEventMap[Name]) => void) | undefined;
};

export type { IvyChatElement, IvyChatEventMap };
