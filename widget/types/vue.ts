/** `<ivy-chat>` in templates of Vue, once its compiler knows the tag: `isCustomElement: (tag) => tag === 'ivy-chat'`. */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { IvyChatElement, IvyChatEventMap, IvyChatProps } from './element.ts';

/** `ivy-done` as `IvyDone`. */
type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;

/** `@ivy-done` in a template is `onIvyDone` to the compiler. */
type Listeners = {
  readonly [Name in keyof IvyChatEventMap as `on${Pascal<Name>}`]?: (event: IvyChatEventMap[Name]) => void;
};

type Emit = <Name extends keyof IvyChatEventMap>(name: Name, event: IvyChatEventMap[Name]) => void;

/** In the shape that Vue's own guide gives to elements that are no components. */
type IvyChatComponent = new () => IvyChatElement & {
  /** @deprecated only for templates: the element has none of it */
  $props: Omit<HTMLAttributes, keyof IvyChatProps> & IvyChatProps & PublicProps & Listeners;
  /** @deprecated only for templates: the element has none of it */
  $emit: Emit;
};

declare module 'vue' {
  interface GlobalComponents {
    'ivy-chat': IvyChatComponent;
    IvyChat: IvyChatComponent;
  }
}
