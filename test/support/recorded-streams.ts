/** Streams of agent services, as they are on the wire (test/fixtures/sse), and ways to cut them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { SeededRandom } from './seeded-random.ts';

/** A folder of streams for each dialect. */
export type RecordedDialect = 'ast-workflow' | 'ast-agent' | 'openai-chat' | 'ag-ui';

const folderOf = (dialect: RecordedDialect): URL => new URL(`../fixtures/sse/${dialect}/`, import.meta.url);

export function recordedNames(dialect: RecordedDialect): readonly string[] {
  return readdirSync(folderOf(dialect)).map((file) => file.replace(/\.txt$/, ''));
}

export function recordedStream(dialect: RecordedDialect, name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.txt`, folderOf(dialect))));
}

export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1));
}

export function splitAtChance(random: SeededRandom, bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const longest = random.pick([3, 20, 200]);
  for (let from = 0; from < bytes.length;) {
    const to = from + random.below(longest + 1);
    chunks.push(bytes.subarray(from, to));
    from = to;
  }
  return chunks;
}

/** A body that gives these chunks; `onCancel` is told when its reader leaves early. */
export function bodyOf(
  chunks: readonly unknown[],
  onCancel: () => void = () => undefined,
): ReadableStream<unknown> {
  let next = 0;
  return new ReadableStream<unknown>(
    {
      pull(controller) {
        if (next < chunks.length) controller.enqueue(chunks[next++]);
        else controller.close();
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}
