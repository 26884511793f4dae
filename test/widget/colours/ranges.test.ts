import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../widget/colours/languages.ts';
import { isKnown, tokenise, type ColourRange } from '../../../widget/colours/ranges.ts';
import { eachSeed } from '../../support/seeded-random.ts';

function words(code: string, language: string): string[] {
  const found = tokenise(code, language)?.ranges ?? [];
  return found.map(({ start, end, group }) => `${group} ${code.slice(start, end)}`);
}

/** In order, not empty, inside the text, and no two of them on the same character. */
function areInOrder(ranges: readonly ColourRange[], length: number): boolean {
  return ranges.every(
    ({ start, end }, index) => (ranges[index - 1]?.end ?? 0) <= start && start < end && end <= length,
  );
}

describe('ranges of a code', () => {
  it.each([
    [
      'python',
      'def hi(a):\n  return f"x{a + 1}" # no',
      ['keyword def', 'function hi', 'keyword return', 'string f"x', 'literal 1', 'string "', 'comment # no'],
    ],
    [
      'ts',
      'const a: Map = new B(`1${c}2`); // d',
      [
        'keyword const',
        'attribute a',
        'type Map',
        'keyword new',
        'function B',
        'string `1',
        'string 2`',
        'comment // d',
      ],
    ],
    ['json', '{"a": [1, true, "b"]}', ['attribute "a"', 'literal 1', 'keyword true', 'string "b"']],
    [
      'html',
      '<p class="a">b</p><script>let c = 1</script>',
      [
        'tag p',
        'attribute class',
        'string "a"',
        'tag p',
        'tag script',
        'keyword let',
        'literal 1',
        'tag script',
      ],
    ],
    ['diff', '@@ -1 +1 @@\n-a\n+b', ['meta @@ -1 +1 @@', 'deletion -a', 'addition +b']],
    ['shell', 'echo "hi" # a', ['type echo', 'string "hi"', 'comment # a']],
    [
      'sql',
      "SELECT a FROM b WHERE c = 'd'",
      ['keyword SELECT', 'keyword FROM', 'keyword WHERE', "string 'd'"],
    ],
  ])('are what is written there: %s', (language, code, expected) => {
    expect(words(code, language)).toEqual(expected);
  });

  it('count as the DOM does, beside letters of two units and accents on their own', () => {
    const code = '/* 👩‍🚀 e\u0301 */ let 名 = "🌱" + 1';
    expect(words(code, 'js')).toEqual([
      'comment /* 👩‍🚀 e\u0301 */',
      'keyword let',
      'string "🌱"',
      'literal 1',
    ]);
  });

  it('know a language by its other names, in any case, and no other', () => {
    const names = 'JS jsx TSX py c++ C# yml Bash sh html svg md rs golang kt rb cs jsonc patch'.split(' ');
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
    expect(['', 'constructor', '__proto__', 'text', 'mermaid'].filter(isKnown)).toEqual([]);
    expect(tokenise('let a', 'mermaid')).toBeUndefined();
  });

  it('tell whether something is open at the end', () => {
    const isAtRest = (code: string): boolean | undefined => tokenise(code, 'python')?.isAtRest;
    expect(isAtRest('a = 1\n')).toBe(true);
    expect(isAtRest('a = """b\n')).toBe(false);
  });

  it('are in order and inside the text, whatever it is', async () => {
    const parts =
      '" \' ` ${ } { ( ) /* */ // # <a b="c"> </a> <!-- --> \\ \n def class let 1 é 👩‍🚀 \ud83d @ $ -- => | ;'.split(
        ' ',
      );
    await eachSeed(60, (random) => {
      const code = Array.from({ length: 80 }, () => random.pick(parts)).join(random.pick(['', ' ']));
      for (const language of Object.keys(LANGUAGES)) {
        const found = tokenise(code, language);
        if (found !== undefined && !areInOrder(found.ranges, code.length))
          throw new Error(`${language}: ${code}`);
      }
    });
  });
});
