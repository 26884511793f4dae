/**
 * A page, or a frame in it, that is asked again and again from out here: what waits inside of a page needs what its policy
 * may forbid.
 */
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { vi } from 'vitest';
import type * as z from 'zod/mini';
import { callOf, type DrivenPage, type Look, type PageInput, type Point } from './driven-page.ts';

const WAIT = { timeout: 10_000, interval: 20 };

export class PolledFrame implements DrivenPage {
  readonly #page: Page;
  #frame: Frame;
  #element: ElementHandle | undefined;

  constructor(page: Page) {
    this.#page = page;
    this.#frame = page.mainFrame();
  }

  enter(frame: Frame, element: ElementHandle): void {
    this.#frame = frame;
    this.#element = element;
  }

  async read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    const found: unknown = await this.#frame.evaluate(callOf(look, input));
    return schema.parse(found);
  }

  async until<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    return vi.waitFor(async () => {
      const found: unknown = await this.#frame.evaluate(callOf(look, input));
      if (found === undefined || found === null || found === false)
        throw new Error('the page is not there yet');
      return schema.parse(found);
    }, WAIT);
  }

  async click({ x, y }: Point): Promise<void> {
    const box = (await this.#element?.boundingBox()) ?? { x: 0, y: 0 };
    await this.#page.mouse.click(box.x + x, box.y + y);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  pressEnter(): Promise<void> {
    return this.#page.keyboard.press('Enter');
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  screenshot(): Promise<Uint8Array> {
    return this.#page.screenshot();
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}
