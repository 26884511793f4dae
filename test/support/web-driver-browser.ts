/** Drives a browser by W3C WebDriver: WebKit, which nothing else drives. */
import { Buffer } from 'node:buffer';
import * as z from 'zod/mini';
import {
  callOf,
  PAGE_LIMIT_MS,
  type DrivenBrowser,
  type DrivenPage,
  type Look,
  type PageInput,
  type Point,
} from './driven-page.ts';
import type { WebDriverSession } from './web-driver.ts';

/** What WebDriver calls the Enter key. */
const ENTER = '\uE007';

/** Between two looks of `until`. A hidden page draws no frames, so this does not wait for one. */
const POLL_MS = 20;

/** The body of a script that waits inside the page, and gives what it found or why it cannot look. */
function waitingFor(expression: string): string {
  return `
    const [done] = arguments;
    const poll = () => {
      try {
        const found = ${expression};
        if (found) done({ found });
        else setTimeout(poll, ${POLL_MS});
      } catch (error) {
        done({ failure: String(error) });
      }
    };
    poll();
  `;
}

const untilSchema = z.union([z.object({ failure: z.string() }), z.object({ found: z.unknown() })]);

export class WebDriverBrowser implements DrivenBrowser {
  readonly #session: WebDriverSession;
  readonly #close: () => Promise<void>;
  /** Keeps the session alive while no other window is open. */
  readonly #first: string;

  private constructor(session: WebDriverSession, first: string, close: () => Promise<void>) {
    this.#session = session;
    this.#first = first;
    this.#close = close;
  }

  /** @param close ends the browser */
  static async of(session: WebDriverSession, close: () => Promise<void>): Promise<WebDriverBrowser> {
    await session.setScriptTimeout(PAGE_LIMIT_MS);
    return new WebDriverBrowser(session, await session.windowHandle(), close);
  }

  async open(address: string): Promise<DrivenPage> {
    const handle = await this.#session.newWindow();
    await this.#session.switchToWindow(handle);
    await this.#session.navigate(address);
    return new WebDriverPage(this.#session, handle, this.#first);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Commands go to the window that was switched to last, so each page first switches to its own. */
class WebDriverPage implements DrivenPage {
  readonly #session: WebDriverSession;
  readonly #handle: string;
  readonly #next: string;

  /** @param next the window to switch to when this one is closed */
  constructor(session: WebDriverSession, handle: string, next: string) {
    this.#session = session;
    this.#handle = handle;
    this.#next = next;
  }

  async read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    const session = await this.#focused();
    return schema.parse(await session.execute(`return ${callOf(look, input)}`));
  }

  async until<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    const session = await this.#focused();
    const script = waitingFor(callOf(look, input));
    const result = untilSchema.parse(await session.executeAsync(script));
    if ('failure' in result) throw new Error(result.failure);
    return schema.parse(result.found);
  }

  async click({ x, y }: Point): Promise<void> {
    const session = await this.#focused();
    const actions = [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await session.performActions([
      { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions },
    ]);
  }

  async type(text: string): Promise<void> {
    const session = await this.#focused();
    const actions = Array.from(text).flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await session.performActions([{ type: 'key', id: 'keyboard', actions }]);
  }

  pressEnter(): Promise<void> {
    return this.type(ENTER);
  }

  async reload(): Promise<void> {
    await (await this.#focused()).refresh();
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from(await (await this.#focused()).takeScreenshot(), 'base64');
  }

  async close(): Promise<void> {
    const session = await this.#focused();
    await session.closeWindow();
    await session.switchToWindow(this.#next);
  }

  async #focused(): Promise<WebDriverSession> {
    await this.#session.switchToWindow(this.#handle);
    return this.#session;
  }
}
