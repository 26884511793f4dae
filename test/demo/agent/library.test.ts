import { beforeAll, describe, expect, it } from 'vitest';
import { buildLibrary, type Library } from '../../../demo/agent/library.ts';
import { wordsOf } from '../../../demo/agent/words.ts';
import { documentOf, fixtureLibrary } from './fixture-library.ts';

const weighted = (
  question: string,
  weight = 1,
): { word: ReturnType<typeof wordsOf>[number]; weight: number }[] =>
  wordsOf(question).map((word) => ({ word, weight }));

const found = (library: Library, question: string): readonly string[] =>
  library.search(weighted(question)).map(({ passage }) => `${passage.file}: ${passage.heading}`);

describe('search', () => {
  let library: Library;
  beforeAll(async () => {
    library = await fixtureLibrary();
  });

  it.each([
    ['by a heading', 'error codes', 'partykit/protocol/PROTOCOL.md: Error codes'],
    ['by words of the text', 'printed address', 'README.md: Install'],
    ['by the beginning of a word', 'authent', 'README.md: Authentication'],
    ['past a typing error', 'placehodler', 'README.md: Attributes'],
    ['by a row of a table', 'locale', 'README.md: Attributes'],
    ['by a variable', 'AGENT_KEY', '.env.example: `AGENT_KEY`'],
    ['by a number', '4403', 'partykit/protocol/PROTOCOL.md: Close codes'],
    ['by code', 'lantern.js', 'README.md: Embed the element'],
    ['in Portuguese', 'autenticação configuração', 'README.md: Authentication'],
    ['in Spanish', 'cambiar puerto', 'README.md: Change a port'],
  ])('finds a passage %s', (_how, question, expected) => {
    expect(found(library, question)[0]).toBe(expected);
  });

  it('finds nothing for words that are nowhere, or for none', () => {
    expect(found(library, 'pizza')).toEqual([]);
    expect(library.search([])).toEqual([]);
  });

  it('takes half of an identifier for another word', () => {
    expect(found(library, 'zzz-origins')).not.toHaveLength(0);
    expect(library.search(weighted('zzz-origins'))[0]?.relevance).toBe(0);
  });

  it('lets words of more weight decide', () => {
    const colors = library.search([...weighted('colors'), ...weighted('port', 0.1)]);
    const port = library.search([...weighted('colors', 0.1), ...weighted('port')]);
    expect(colors[0]?.passage.heading).toBe('Colors');
    expect(port[0]?.passage.heading).toBe('Ports');
  });

  it('lets a heading count for more than some words of the text', () => {
    const others = Array.from({ length: 8 }, (_, index) => `## Part ${index}\n\nAbout something else.`);
    const path = `The history is ${'a long story of lanterns '.repeat(5)} that is stored.`;
    const stored = 'All that is stored, and where it is stored.';
    const text = `## What is stored\n\n${stored}\n\n## Path\n\n${path}\n\n${others.join('\n\n')}`;
    expect(found(buildLibrary([documentOf(text)]), 'how is history stored')[0]).toBe(
      'README.md: What is stored',
    );
  });

  it('finds an identifier before its parts', () => {
    const library = buildLibrary([
      documentOf('## Message\n\nSend a message.\n\n## Methods\n\nThere is `sendMessage(text)`.'),
    ]);
    expect(found(library, 'sendMessage')[0]).toBe('README.md: Methods');
  });

  it('prefers words that stand side by side', () => {
    const library = buildLibrary([
      documentOf(
        '## A\n\nClose the lantern when codes come, then close.\n\n## B\n\nWhen it comes to close codes of lanterns.',
      ),
    ]);
    expect(found(library, 'close codes')[0]).toBe('README.md: B');
    expect(found(library, 'codes close')[0]).toBe('README.md: A');
  });

  it('lets a heading not make up for a lighter word', () => {
    const library = buildLibrary([
      documentOf('## Oil\n\nLanterns burn it.\n\n## Examples\n\nOf many kinds.'),
    ]);
    const [best] = library.search([...weighted('lanterns'), ...weighted('examples', 0.25)]);
    expect(best?.passage.heading).toBe('Oil');
  });

  it('measures how much of the question a passage mentions', () => {
    const [all] = library.search(weighted('error codes'));
    const [half] = library.search(weighted('error zebra'));
    expect(all?.relevance).toBe(1);
    expect(half?.relevance).toBeLessThan(0.6);
    expect([...(half?.found ?? [])].map(({ text }) => text)).toEqual(['error']);
  });

  it('prefers code where that is wanted', () => {
    const twins = buildLibrary([
      documentOf(
        '# D\n\n## Send\n\nSend text.\n\n## Send too\n\nSend text, as long as it is.\n\n```js\nx();\n```',
      ),
    ]);
    const headings = (preferCode: boolean): string | undefined =>
      twins.search(weighted('send'), { preferCode })[0]?.passage.heading;
    expect(headings(false)).toBe('Send');
    expect(headings(true)).toBe('Send too');
  });

  it('prefers the document of more weight', () => {
    const text = '# D\n\n## Ports\n\nAbout ports.';
    const documents = [
      { path: 'a.md', text, weight: 0.5 },
      { path: 'b.md', text, weight: 1 },
    ];
    expect(found(buildLibrary(documents), 'ports')[0]).toBe('b.md: Ports');
  });
});

describe('passages', () => {
  const paragraph = (index: number): string =>
    `Paragraph ${index} ${'says something about lanterns '.repeat(14)}to its end.`;

  it('are parts of a long section, cut between blocks, in order', () => {
    const blocks = [1, 2, 3, 4].map(paragraph);
    const library = buildLibrary([documentOf(`# D\n\n## Long\n\n${blocks.join('\n\n')}`)]);
    expect(library.passages.map(({ part }) => part)).toEqual([0, 1]);
    expect(library.passages.map(({ markdown }) => markdown).join('\n\n')).toBe(blocks.join('\n\n'));
    const [first, second] = library.passages;
    expect(first && library.partAfter(first)).toBe(second);
    expect(second && library.partAfter(second)).toBeUndefined();
  });

  it('keep an announcement and what it announces together', () => {
    const library = buildLibrary([
      documentOf(`# D\n\n## Long\n\n${paragraph(1)}\n\nRun this:\n\n\`\`\`sh\n${'x'.repeat(600)}\n\`\`\``),
    ]);
    expect(library.passages.at(-1)?.markdown).toMatch(/Run this:\n\n```sh/);
  });

  it('are titled by the headings around them, without the name of the project', () => {
    const text = '# Lantern\n\n## Relay\n\n### Ports\n\ntext';
    const titles = ['README.md', 'docs/relay.md'].map(
      (path) => buildLibrary([documentOf(text, path)]).passages[0]?.title,
    );
    expect(titles).toEqual(['Relay › Ports', 'Lantern › Relay › Ports']);
  });

  it('are none for a document without text', () => {
    expect(buildLibrary([documentOf(''), documentOf('# Only a heading')]).passages).toEqual([]);
  });
});
