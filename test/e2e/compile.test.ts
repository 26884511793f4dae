/** Functions that are compiled one by one when they are first called hold up the page that the chat is on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG } from '../support/host-conversation.ts';

/** The start of the chat calls about 430; what is left is of the test and of the browser. */
const MOST = 60;

const traceSchema = z.object({ value: z.array(z.looseObject({ name: z.string(), tid: z.number() })) });

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

describe('the functions of the script', () => {
  it('are compiled before they are called, out of the way of the page', async () => {
    const { page, chat } = await browser.open({ html: documentWith('', TAG) });
    const session = await page.createCDPSession();
    const events: { readonly name: string; readonly tid: number }[] = [];
    session.on('Tracing.dataCollected', (data) => events.push(...traceSchema.parse(data).value));
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-v8.compile'] },
    });
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.src = '/ivy-chat.js';
      document.head.append(script);
    });
    await chat.connected();
    const whole = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await whole;

    const main = events.find(({ name }) => name === 'EvaluateScript')?.tid;
    const late = events.filter(({ name, tid }) => name === 'V8.CompileCode' && tid === main);
    expect(main).toBeDefined();
    expect(late.length).toBeLessThan(MOST);
  });
});
