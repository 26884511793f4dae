/**
 * A page in a real browser as a test drives it, whichever engine it is: puppeteer-browser.ts drives Chromium and
 * Firefox, web-driver-browser.ts drives WebKit.
 */
import type * as z from 'zod/mini';

/** How long a page may take for what a test waits for. */
export const PAGE_LIMIT_MS = 30_000;

/** What a function in the page may be given, and what it may give back. */
export type PageInput = readonly (string | number)[];

/**
 * Runs in the page: it is sent there as text, so it knows nothing but the page and its parameters, and what it returns
 * comes back as JSON.
 */
export type Look<Input extends PageInput> = (...input: Input) => unknown;

/** In CSS pixels from the corner of the viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The expression that a page evaluates for it. */
export function callOf<Input extends PageInput>(look: Look<Input>, input: Input): string {
  return `(${String(look)})(...${JSON.stringify(input)})`;
}

export interface DrivenPage {
  /** What the function returns, once. */
  read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output>;
  /** Again and again, until the function returns something truthy; throws after PAGE_LIMIT_MS. */
  until<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output>;
  /** Presses and releases the mouse there. */
  click(point: Point): Promise<void>;
  /** Types into whatever has the focus, key by key. */
  type(text: string): Promise<void>;
  pressEnter(): Promise<void>;
  reload(): Promise<void>;
  /** What can be seen, as a PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface DrivenBrowser {
  /** In a new tab or window, when it has loaded. */
  open(address: string): Promise<DrivenPage>;
  /** Ends all its processes and removes its profile. */
  close(): Promise<void>;
}
