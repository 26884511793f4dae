/** One state of the chat, as data: what the page writes on the tag, what the relay says, what the reader does. */
import type { ErrorCode, GrantedAccess, ServerFrame, ThreadMessage } from '#protocol';
import type { Translations } from '../../widget/i18n/translations.ts';

/** What the relay does with the connection. */
export type Greeting =
  /** Takes it in, with this history. */
  | {
      readonly kind: 'history';
      readonly messages: readonly ThreadMessage[];
      readonly before?: string;
      /** Of somebody who may not do everything for ever. */
      readonly access?: GrantedAccess;
    }
  /** Never answers. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'refusal'; readonly code: ErrorCode; readonly closeCode: number };

export type Step =
  | { readonly do: 'receive'; readonly frames: readonly ServerFrame[] }
  /** The relay refuses the message that it got last. */
  | { readonly do: 'refuse'; readonly code: ErrorCode }
  | { readonly do: 'lose-line' }
  | { readonly do: 'lose-network' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'write'; readonly text: string }
  /** `part`: what is pressed, by its CSS part; the last one that there is. */
  | { readonly do: 'press'; readonly part: string }
  /** Px. */
  | { readonly do: 'scroll-up'; readonly by: number };

/** In CSS px. */
export interface WindowSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface GalleryState {
  /** In addresses and file names: small letters, digits and hyphens. */
  readonly name: string;
  readonly caption: string;
  readonly greeting: Greeting;
  readonly steps?: readonly Step[];
  /** Can be read on the screen in this state and in few others; what a button is called counts. */
  readonly shows: string;
  /** Of the tag, besides its thread and its host; undefined leaves one of these out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** Custom properties of the tag. */
  readonly style?: Readonly<Record<`--ivy-${string}`, string>>;
  readonly translations?: Translations;
  /** Of the page; English, from left to right, where nothing is said. */
  readonly page?: {
    readonly lang?: string;
    readonly dir?: 'ltr' | 'rtl';
    readonly background?: string;
  };
  /** The windows that it is worth seeing in; a phone and a desk where nothing is said. */
  readonly windows?: readonly WindowSize[];
  /** How the reader's device is set. A page cannot choose that; the pictures and the tests do. */
  readonly device?: {
    readonly forcedColours?: true;
    readonly reducedMotion?: true;
    readonly print?: true;
  };
}

export const SMALL_PHONE: WindowSize = { name: 'small-phone', width: 320, height: 568 };
export const PHONE: WindowSize = { name: 'phone', width: 360, height: 740 };
export const DESK: WindowSize = { name: 'desk', width: 1280, height: 800 };

export function windowsOf({ windows }: GalleryState): readonly WindowSize[] {
  return windows ?? [PHONE, DESK];
}

/** Every state happens at this time, so that "yesterday" always is. Ms since the epoch. */
export const NOW = Date.UTC(2026, 2, 12, 10, 24);

export function minutesAgo(minutes: number): number {
  return NOW - minutes * 60_000;
}
