/** Style sheets without their layout, as a browser understands them. */
import type { CSSResultGroup } from 'lit';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tightCss } from '../../widget/build/white-space.ts';
import { chatStyles } from '../../widget/styles/chat.styles.ts';
import { launchChromium } from '../support/chromium.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});

afterAll(() => browser.close());

function sheetsOf(group: CSSResultGroup): readonly string[] {
  if (Array.isArray(group)) return group.flatMap(sheetsOf);
  return 'cssText' in group ? [group.cssText] : [];
}

/** The rules that came of it. Conditions and the values of custom properties are kept as they were written. */
async function rulesOf(sheet: string): Promise<readonly string[]> {
  const rules = await page.evaluate((text) => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return Array.from(made.cssRules, (rule) => rule.cssText);
  }, sheet);
  return rules.map((rule) =>
    rule
      .replace(/\s+/g, ' ')
      .replace(/([(,:]) /g, '$1')
      .replace(/ ([),])/g, '$1'),
  );
}

it('every style sheet has the same rules without what lays it out', async () => {
  const sheets = sheetsOf(chatStyles);
  expect(sheets.length).toBeGreaterThan(10);
  for (const sheet of sheets) {
    const rules = await rulesOf(sheet);
    expect(rules.length).toBeGreaterThan(0);
    const [tight = ''] = tightCss([sheet]);
    expect(tight.length).toBeLessThan(sheet.length);
    expect(await rulesOf(tight)).toEqual(rules);
  }
});
