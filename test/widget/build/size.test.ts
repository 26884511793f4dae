/** What people download before they see the chat. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle, COLOURS, MAIN, type Bundle } from '../../../widget/build/bundle.ts';
import { brotliSize, costsOf, costsTable } from '../../../widget/build/costs.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** What it has, and a fiftieth more. Whoever needs more says in the change what for. */
const MAX_BYTES = 47_900;

/** Weighing each part takes as long as compressing the script does, once for each. */
const TABLE_TIMEOUT_MS = 60_000;

describe('the main script', () => {
  it(
    `has at most ${String(MAX_BYTES)} bytes in Brotli`,
    async () => {
      const built = await bundle(PROJECT, MAIN);
      const size = brotliSize(built.code);
      const reason = size > MAX_BYTES ? `too large:\n${costsTable(built)}\n` : '';
      expect(size, reason).toBeLessThanOrEqual(MAX_BYTES);
    },
    TABLE_TIMEOUT_MS,
  );
});

describe('the table of what is in a script', () => {
  let built: Bundle;

  beforeAll(async () => {
    built = await bundle(PROJECT, COLOURS);
  });

  it('counts each byte once, for a package or a folder', () => {
    const costs = costsOf(built);
    const sum = costs.reduce((bytes, { minified }) => bytes + minified, 0);
    expect(sum).toBe(Buffer.byteLength(built.code));
    expect(costs.map(({ name }) => name)).toEqual(['highlight.js', 'widget/colours', 'around them']);
  });

  it('ends with the whole of it', () => {
    const table = costsTable({ ...built, code: '/*! of nothing */\nlet a=1;\n' });
    expect(table).toMatch(/\n\| ivy-chat-colours\.js \| 27 \| \d+ \|$/);
  });
});
