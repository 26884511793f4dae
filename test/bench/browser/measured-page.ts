/** One page in a browser of its own, which is what is measured. It cannot take the rest with it: it has a limit, and is killed. */
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import { launchChromium } from '../../support/chromium.ts';
import { callOf, type Look, type PageInput } from '../../support/driven-page.ts';

/** Nothing of a page goes anywhere but to this machine: deep-chat asks for a font, flowise for a sound. */
const NO_NETWORK = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

/** A panel on a desk. */
const VIEWPORT = { width: 800, height: 800 };

const heapSchema = z.object({ usedSize: z.number() });
const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

export class MeasuredPage {
  readonly page: Page;
  readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  /**
   * @param limitMs from the start of the browser to the end of the work
   * @throws if the work does, or takes longer
   */
  static async use<Result>(
    url: string,
    limitMs: number,
    work: (page: MeasuredPage) => Promise<Result>,
  ): Promise<Result> {
    const browser = await launchChromium({ args: [NO_NETWORK], protocolTimeout: limitMs });
    let late: NodeJS.Timeout | undefined;
    try {
      const limit = new Promise<never>((_resolve, reject) => {
        late = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
      });
      return await Promise.race([MeasuredPage.#open(browser, url).then(work), limit]);
    } finally {
      clearTimeout(late);
      await closed(browser);
    }
  }

  static async #open(browser: Browser, url: string): Promise<MeasuredPage> {
    const page = await browser.newPage();
    await page.setViewport(VIEWPORT);
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    await page.goto(url);
    return new MeasuredPage(page, session);
  }

  /** How many times as slow as this machine the page's main thread is. */
  async throttle(rate: number): Promise<void> {
    await this.session.send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** What the function gives in the page. */
  async read<Output, Input extends PageInput>(
    schema: z.ZodMiniType<Output>,
    look: Look<Input>,
    ...input: Input
  ): Promise<Output> {
    return schema.parse(await this.page.evaluate(callOf(look, input)));
  }

  /** Of everything that the main thread has done so far, in ms. */
  async mainThreadMs(): Promise<number> {
    const { metrics } = metricsSchema.parse(await this.session.send('Performance.getMetrics'));
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
  }

  /** JavaScript's heap without garbage, in bytes. */
  async heap(): Promise<number> {
    for (let times = 0; times < 2; times += 1) await this.session.send('HeapProfiler.collectGarbage');
    return heapSchema.parse(await this.session.send('Runtime.getHeapUsage')).usedSize;
  }
}

/** A page that is busy for ever does not answer; its browser is ended all the same. */
async function closed(browser: Browser): Promise<void> {
  const kill = setTimeout(() => browser.process()?.kill('SIGKILL'), 5_000);
  try {
    await browser.close();
  } catch {
    // It has been killed.
  } finally {
    clearTimeout(kill);
  }
}
