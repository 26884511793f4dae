/** Answers to measure with: long, of every kind of block, and the same each time. */
import { SeededRandom } from '../support/seeded-random.ts';

/** `mixed` has headings, paragraphs, lists, tables, fences, quotes and links; the others are one block from end to end. */
export const ANSWER_KINDS = ['mixed', 'code', 'list', 'table'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** About four characters each, so 20,000 of them are 80 kB. */
const TOKEN_MAX_CHARS = 7;

const WORDS =
  'the of relay token stream answer room thread page time one first reader that which with line over under between measured kept small whole open'.split(
    ' ',
  );

/** The pieces that an answer arrives in; joined they are its text. */
export function answerTokens(kind: AnswerKind, count: number, seed = 6): readonly string[] {
  const random = new SeededRandom(seed);
  const tokens: string[] = [];
  let isFirst = true;
  while (tokens.length < count) {
    tokens.push(...random.pieces((isFirst ? OPENING[kind] : '') + next(kind, random), TOKEN_MAX_CHARS));
    isFirst = false;
  }
  return tokens.slice(0, count);
}

/**
 * The text of so many tokens, whole sections of it, so that what follows begins a block of its own; in an answer of one block
 * whole lines.
 */
export function wholeSections(kind: AnswerKind, tokens: readonly string[]): string {
  const text = tokens.join('');
  if (kind === 'mixed') {
    const border = text.lastIndexOf('\n\n## ');
    return border < 0 ? '' : text.slice(0, border + 2);
  }
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** The same few tokens wherever they follow, so that what one more costs there can be compared; the last one holds `last`. */
export function sampleTokens(kind: AnswerKind, count: number, last: string): readonly string[] {
  const tokens = Array.from({ length: count - 1 }, (_, index) => SAMPLE_LINES[kind][index % 5] ?? '');
  return [...tokens, kind === 'table' ? `\n| ${last} | b | c |\n` : ` ${last} `];
}

const OPENING: Readonly<Record<AnswerKind, string>> = {
  mixed: '# All of it\n\n',
  code: '```ts\n',
  list: '',
  table: '| one | two | three |\n| --- | :-: | ---: |\n',
};

const SAMPLE_LINES: Readonly<Record<AnswerKind, readonly string[]>> = {
  mixed: ['word ', 'of ', '**any** ', 'kind, ', 'and '],
  code: ['const ', 'a = ', 'b(c', ');', '\n'],
  list: ['- an', ' item ', 'of ', 'it', '\n'],
  table: ['| a ', '| b ', '| c ', '|', '\n'],
};

function next(kind: AnswerKind, random: SeededRandom): string {
  switch (kind) {
    case 'mixed':
      return section(random);
    case 'code':
      return codeLine(random);
    case 'list':
      return `- ${sentence(random, 12)}\n`;
    case 'table':
      return tableRow(random);
  }
}

function section(random: SeededRandom): string {
  const blocks = [
    (): string => `${sentence(random, 30)} ${sentence(random, 30)}\n\n`,
    (): string => `${list(random)}\n`,
    (): string =>
      `| one | two | three |\n| --- | :-: | ---: |\n${repeat(random, 5, () => tableRow(random))}\n`,
    (): string => `\`\`\`ts\n${repeat(random, 14, () => codeLine(random))}\`\`\`\n\n`,
    (): string => `> ${sentence(random, 20)}\n\n`,
    (): string => `1. ${sentence(random, 8)}\n2. ${sentence(random, 8)}\n3. ${sentence(random, 8)}\n\n`,
  ];
  const rest = Array.from({ length: 4 }, () => random.pick(blocks)());
  return `## ${phrase(random, 4)}\n\n${sentence(random, 40)}\n\n${rest.join('')}`;
}

function list(random: SeededRandom): string {
  return repeat(random, 5, () => {
    const nested = random.chance(0.3) ? `  - ${sentence(random, 6)}\n  - ${sentence(random, 6)}\n` : '';
    return `- ${sentence(random, 12)}\n${nested}`;
  });
}

function tableRow(random: SeededRandom): string {
  return `| ${phrase(random, 3)} | \`${phrase(random, 1)}\` | ${random.below(10_000)} |\n`;
}

function codeLine(random: SeededRandom): string {
  const indent = '  '.repeat(random.below(3));
  return `${indent}const ${random.pick(WORDS)} = await ${random.pick(WORDS)}(${random.below(100)}, '${phrase(random, 2)}');\n`;
}

/** Words, some of them with a markup of their own. */
function sentence(random: SeededRandom, words: number): string {
  const said = Array.from({ length: 3 + random.below(words) }, () => {
    const word = random.pick(WORDS);
    const chance = random.next();
    if (chance < 0.05) return `**${word}**`;
    if (chance < 0.09) return `*${word}*`;
    if (chance < 0.13) return `\`${word}\``;
    if (chance < 0.15) return `[${word}](https://example.com/${word})`;
    return word;
  });
  return `${said.join(' ')}.`;
}

function phrase(random: SeededRandom, words: number): string {
  return Array.from({ length: 1 + random.below(words) }, () => random.pick(WORDS)).join(' ');
}

function repeat(random: SeededRandom, most: number, make: () => string): string {
  return Array.from({ length: 2 + random.below(most) }, make).join('');
}
