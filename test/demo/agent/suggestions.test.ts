import { describe, expect, it } from 'vitest';
import { buildLibrary, type Library, type Passage } from '../../../demo/agent/library.ts';
import { suggestQuestions, suggestTopics } from '../../../demo/agent/suggestions.ts';
import { documentOf } from './fixture-library.ts';

const TEXT = 'Enough text to be worth showing to somebody who has just arrived here.';

const libraryOf = (...headings: readonly string[]): Library =>
  buildLibrary([documentOf(headings.map((heading) => `## ${heading}\n\n${TEXT}`).join('\n\n'))]);

/** Answers every question with the passage whose heading it ends in. */
const perfect =
  (library: Library) =>
  (question: string): Passage | undefined =>
    library.passages.find(({ heading }) => {
      const end = heading.replace(/\?$/, '').split(' ').at(-1) ?? '';
      return question
        .toLowerCase()
        .replace(/( do| work)?\?$/, '')
        .endsWith(end.toLowerCase());
    });

const questionsOf = (library: Library): readonly string[] => suggestQuestions(library, 9, perfect(library));

describe('suggestQuestions', () => {
  it.each([
    ['Change the port', 'How do I change the port?'],
    ['Use your own agent', 'How do I use my own agent?'],
    ['Why a relay?', 'Why a relay?'],
    ['`AST_URL`', 'What does `AST_URL` do?'],
    ['Deploying to Cloudflare', 'How does deploying to Cloudflare work?'],
    ['Error codes', 'What should I know about error codes?'],
    ['PartyKit', 'What should I know about PartyKit?'],
  ])('makes of %j the question %j', (heading, question) => {
    expect(questionsOf(libraryOf(heading))).toEqual([question]);
  });

  it.each(['License', '0.2.0', 'Start it', 'A heading of far too many words for a question'])(
    'asks nothing about %j',
    (heading) => {
      expect(questionsOf(libraryOf(heading))).toEqual([]);
    },
  );

  it('drops a question that leads somewhere else', () => {
    const library = libraryOf('Change the port', 'Stop the relay');
    const stop = library.passages[1];
    expect(suggestQuestions(library, 9, () => stop)).toEqual(['How do I stop the relay?']);
  });

  it('takes of each document in turn, natural questions first', () => {
    const library = buildLibrary([
      documentOf(`## Colors\n\n${TEXT}\n\n## Change a\n\n${TEXT}\n\n## Change b\n\n${TEXT}`, 'one.md'),
      documentOf(`## Change c\n\n${TEXT}`, 'two.md'),
    ]);
    expect(questionsOf(library)).toEqual([
      'How do I change a?',
      'How do I change c?',
      'How do I change b?',
      'What should I know about colors?',
    ]);
  });
});

describe('suggestTopics', () => {
  it('names main sections of all documents', () => {
    const library = buildLibrary([
      documentOf(`# T\n\n${TEXT}\n\n## A\n\n${TEXT}\n\n### B\n\n${TEXT}\n\n## C\n\n${TEXT}`, 'one.md'),
      documentOf(`## D\n\n${TEXT}\n\n## License\n\n${TEXT}`, 'two.md'),
    ]);
    expect(suggestTopics(library, 3).map(({ heading }) => heading)).toEqual(['A', 'D', 'C']);
    expect(suggestTopics(library, 1)).toHaveLength(1);
  });
});
