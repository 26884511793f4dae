/** The rules of axe-core, run on a page that Puppeteer drives: `axe.ts` does it for tests that are in the page themselves. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import * as z from 'zod/mini';
import { AXE_TAGS } from './axe-tags.ts';

const linesSchema = z.array(z.string());

let source: Promise<string> | undefined;

/** One line for each thing that breaks a rule. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated rather than put into a tag: the policy of a page does not bind its tools.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source);
  const found: unknown = await page.evaluate(
    async (values) => {
      const { violations } = await window.axe.run(document.documentElement, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary ?? ''}`,
        ),
      );
    },
    [...AXE_TAGS],
  );
  return linesSchema.parse(found);
}
