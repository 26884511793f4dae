/** A conversation of any length for tests of drawing and scrolling; the same each time. */
import type { ThreadMessage } from '#protocol';
import { answerMessage, userMessage } from './messages.ts';
import { SeededRandom } from './seeded-random.ts';

/** Questions and answers in turn, ids `m0`, `m1`, …: words, lists, tables and tall code, so that no guess of a height is right. */
export function longConversation(count: number, seed = 1): ThreadMessage[] {
  const random = new SeededRandom(seed);
  const words = (limit: number): string => 'words of any kind '.repeat(1 + random.below(limit));
  const makers = [
    (): string => words(40),
    (): string => `${words(8)}\n\n- ${words(3)}\n- ${words(3)}`,
    (): string => `\`\`\`ts\n${'const x = 1;\n'.repeat(1 + random.below(60))}\`\`\``,
    (): string => `|a|b|\n|-|-|\n${`|${words(2)}|1|\n`.repeat(1 + random.below(9))}`,
  ];
  return Array.from({ length: count }, (_, index) => {
    const id = `m${String(index)}`;
    return index % 2 === 0
      ? userMessage(id, words(12))
      : answerMessage(id, { content: random.pick(makers)() });
  });
}
