import { describe, expect, it } from 'vitest';
import { stem, termsOf, wordsOf } from '../../../demo/agent/words.ts';

const textsOf = (question: string): readonly string[] => wordsOf(question).map(({ text }) => text);

describe('stem', () => {
  it.each([
    [
      'configure',
      'configured',
      'configuring',
      'configuration',
      'configurar',
      'configuracao',
      'configuraciones',
    ],
    ['install', 'installs', 'installation', 'instalar', 'instalacao', 'instalacion'],
    ['deploy', 'deploys', 'deploying', 'deployment', 'deployments'],
    ['stop', 'stops', 'stopped', 'stopping'],
    ['message', 'messages', 'messaging'],
    ['variable', 'variables'],
    ['id', 'ids'],
    ['tab', 'tabs'],
    ['color', 'colors', 'colour', 'colours'],
    ['entry', 'entries'],
  ])('brings %s together with its relatives', (word, ...relatives) => {
    expect(relatives.map(stem)).toEqual(relatives.map(() => stem(word)));
  });

  it.each(['port', 'key', 'this', 'status', '4401', 'ns'])('leaves %s alone', (word) => {
    expect(stem(word)).toBe(word);
  });
});

describe('termsOf', () => {
  it('finds an identifier in any spelling, whole and by its parts', () => {
    const spellings = ['threadKey', 'thread-key', 'THREAD_KEY'];
    for (const spelling of spellings) expect(termsOf(spelling)).toEqual(['thread', 'key', 'threadkey']);
  });

  it('drops stop words, contractions and single letters', () => {
    expect(termsOf("What's the relay's port, and don't I need a key?")).toEqual([
      'relay',
      'port',
      'need',
      'key',
    ]);
  });

  it('folds accents, composed or not', () => {
    expect(termsOf('conexão')).toEqual(termsOf('conexa\u0303o'));
  });
});

describe('wordsOf', () => {
  it('keeps words as they were typed, each once', () => {
    expect(textsOf('Ação: which ALLOWED_ORIGINS, and which ALLOWED_ORIGINS?')).toEqual([
      'Ação',
      'ALLOWED_ORIGINS',
    ]);
  });

  it('reads Portuguese and Spanish words of the subject in English too', () => {
    const porta = wordsOf('porta')[0]?.alternatives;
    expect(porta).toContainEqual(['port']);
    expect(wordsOf('puerto')[0]?.alternatives).toContainEqual(['port']);
  });

  it('tells what is asked about from how it is asked', () => {
    expect(wordsOf('show an example that changes the port').map(({ text, weak }) => [text, weak])).toEqual([
      ['show', true],
      ['example', true],
      ['changes', true],
      ['port', false],
    ]);
  });

  it('reads a long text by its beginning', () => {
    const many = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');
    expect(wordsOf(many, 5)).toHaveLength(5);
  });
});
