import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { REFERENCE, referenceOf } from '../../../demo/build/reference.ts';
import { manifestOf } from '../../../widget/build/manifest.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const named = z.array(z.object({ name: z.string() }));
const manifestSchema = z.object({
  modules: z.tuple([
    z.object({
      declarations: z.tuple([z.object({ attributes: named, events: named })], z.unknown()),
    }),
  ]),
});

/** The first column of the table under a heading. */
function rowsUnder(heading: string, text: string): readonly string[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

let element: { readonly attributes: readonly string[]; readonly events: readonly string[] };

beforeAll(async () => {
  const { attributes, events } = manifestSchema.parse(JSON.parse(await manifestOf(ROOT))).modules[0]
    .declarations[0];
  element = { attributes: attributes.map(({ name }) => name), events: events.map(({ name }) => name) };
});

it('is what `npm run reference` writes', async () => {
  expect(readFileSync(join(ROOT, REFERENCE), 'utf8')).toBe(await referenceOf(ROOT));
});

/** How many columns have to be filled, where a default or an attribute is not needed. */
it.each([
  ['attributes', 3],
  ['properties', 3],
  ['methods', 2],
  ['events', 3],
  ['slots', 2],
  ['parts', 2],
  ['custom properties', 2],
] as const)('says of all %s what they are', async (kind, filled) => {
  const section = (await referenceOf(ROOT)).split(`\n## All ${kind}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(4);
  const cells = rows.map((row) => row.split(/(?<!\\)\|/).slice(1, filled + 1));
  expect(cells.filter((row) => row.some((cell) => cell.trim() === ''))).toEqual([]);
});

it('has the attributes and events that the guide tells of, and no other', () => {
  const guide = readFileSync(join(ROOT, 'demo/docs/embed.md'), 'utf8');
  expect(new Set(rowsUnder('Attributes', guide))).toEqual(new Set(element.attributes));
  expect(rowsUnder('Events', guide)).toEqual(element.events);
});
