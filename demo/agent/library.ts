/**
 * The searchable library: documents become passages (a section, or a part of a long one, never cut inside of a
 * block), and MiniSearch finds them. Which passages make an answer is decided in `answer.ts`.
 */
import MiniSearch from 'minisearch';
import type { SourceDocument } from './documents.ts';
import { splitEnvExample } from './env-sections.ts';
import { splitBlock, splitMarkdown, type Block, type Section } from './markdown-sections.ts';
import { termsOf, type Word } from './words.ts';

/** What an answer can quote: fits on a screen and is complete Markdown. */
export interface Passage {
  readonly id: string;
  /** Same for all parts of one section. */
  readonly sectionId: string;
  /** Path of the document, relative to the project. */
  readonly file: string;
  readonly heading: string;
  /**
   * The heading below those around it: `Running the relay › Variables`. Without the README's own title, which is the
   * project's name.
   */
  readonly title: string;
  readonly level: number;
  /** Counted from 0 within the section. */
  readonly part: number;
  readonly markdown: string;
  readonly hasCode: boolean;
}

export interface WeightedWord {
  readonly word: Word;
  /** 1 is a word of the question itself. */
  readonly weight: number;
}

export interface Hit {
  readonly passage: Passage;
  /** Comparable within one search only. */
  readonly score: number;
  /** How much of what was asked the passage mentions, rare words counting more: 0 to 1. */
  readonly relevance: number;
  /** The words that it mentions, in some spelling. */
  readonly found: ReadonlySet<Word>;
}

export interface SearchOptions {
  /** Rank passages with a code block higher. */
  readonly preferCode?: boolean;
}

export interface Library {
  /** In the order of the documents. */
  readonly passages: readonly Passage[];
  /** Best first. */
  search(words: readonly WeightedWord[], options?: SearchOptions): readonly Hit[];
  /** The passage that continues this one in its section. */
  partAfter(passage: Passage): Passage | undefined;
}

/** About a screen of a chat; longer sections are quoted in parts. */
const PASSAGE_CHARS = 900;

/** How sure a match is, by how it was found. */
const QUALITY = { exact: 1, prefix: 0.8, fuzzy: 0.6 } as const;

/** What the parts of an identifier are worth beside the whole: "send" and "message" may be anything. */
const PART_WEIGHT = 0.3;
const PARTS_QUALITY = 0.7;

/**
 * A word that is in no passage counts like one that is in this share of them: enough to tell a question about
 * something else from one that is put in unusual words.
 */
const UNKNOWN_SHARE = 0.04;

const CODE_PREFERENCE = 1.5;

/** For each two words that stand side by side in the question and in the passage: "close codes". */
const PHRASE_PREFERENCE = 1.5;

function sectionsOf(document: SourceDocument): readonly Section[] {
  const name = document.path.split('/').at(-1) ?? document.path;
  return name.startsWith('.env') ? splitEnvExample(document.text) : splitMarkdown(document.text);
}

const textOf = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n\n');

/** A paragraph that ends in a colon announces what follows, so the two stay together. */
const announces = (block: Block | undefined): boolean =>
  block?.kind === 'paragraph' && block.text.endsWith(':');

function partsOf(section: Section): readonly (readonly Block[])[] {
  const parts: Block[][] = [];
  let length = 0;
  for (const block of section.blocks.flatMap((whole) => splitBlock(whole, PASSAGE_CHARS))) {
    const part = parts.at(-1);
    if (part !== undefined && (length + block.text.length <= PASSAGE_CHARS || announces(part.at(-1))))
      part.push(block);
    else {
      parts.push([block]);
      length = 0;
    }
    length += block.text.length;
  }
  return parts;
}

function passagesOf(document: SourceDocument): readonly Passage[] {
  const sections = sectionsOf(document);
  const isReadme = /(?:^|\/)readme\.md$/i.test(document.path);
  const projectName = isReadme ? sections.find(({ level }) => level === 1)?.heading : undefined;
  return sections.flatMap((section, index) => {
    const sectionId = `${document.path}#${index}`;
    const above = section.ancestors.filter((heading) => heading !== projectName);
    return partsOf(section).map((blocks, part) => ({
      id: `${sectionId}.${part}`,
      sectionId,
      file: document.path,
      heading: section.heading,
      title: [...above, section.heading].filter((heading) => heading !== '').join(' › '),
      level: section.level,
      part,
      markdown: textOf(blocks),
      hasCode: blocks.some(
        ({ kind, text }) => kind === 'code' || (kind === 'list' && /^\s*(?:```|~~~)/m.test(text)),
      ),
    }));
  });
}

/** Never throws: a document without text has no passages. */
export function buildLibrary(documents: readonly SourceDocument[]): Library {
  const passages = documents.flatMap(passagesOf);
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const weights = new Map(documents.map(({ path, weight }) => [path, weight]));
  /** All terms of a passage in their order, with a space around each. */
  const sequences = new Map(
    passages.map((passage) => [
      passage,
      ` ${termsOf(`${passage.title} ${passage.file} ${passage.markdown}`).join(' ')} `,
    ]),
  );
  /** In how many passages each term occurs. */
  const frequencies = new Map<string, number>();

  const index = new MiniSearch<Passage>({
    fields: ['heading', 'context', 'markdown'],
    extractField: (passage, field) => {
      switch (field) {
        case 'id':
          return passage.id;
        case 'heading':
          return passage.heading;
        case 'context':
          return `${passage.title} ${passage.file}`;
        default:
          return passage.markdown;
      }
    },
    tokenize: termsOf,
    processTerm: (term) => term,
  });
  index.addAll(passages);
  for (const sequence of sequences.values()) {
    for (const term of new Set(sequence.trim().split(' ')))
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }

  const frequencyOf = (word: Word): number =>
    Math.max(
      ...word.alternatives.map((terms) => Math.min(...terms.map((term) => frequencies.get(term) ?? 0))),
    );
  const frequencyOfUnknown = Math.max(1, UNKNOWN_SHARE * passages.length);
  const rarityOf = (word: Word): number =>
    Math.log(1 + passages.length / (frequencyOf(word) || frequencyOfUnknown));

  function search(
    words: readonly WeightedWord[],
    { preferCode = false }: SearchOptions = {},
  ): readonly Hit[] {
    const termWeights = new Map<string, number>();
    for (const { word, weight } of words) {
      for (const terms of word.alternatives) {
        const share = terms.length > 1 ? PART_WEIGHT * weight : weight;
        for (const term of terms) termWeights.set(term, Math.max(share, termWeights.get(term) ?? 0));
      }
    }
    if (termWeights.size === 0) return [];
    const results = index.search([...termWeights.keys()].join(' '), {
      tokenize: (query) => query.split(' '),
      processTerm: (term) => term,
      boost: { heading: 4, context: 2 },
      boostTerm: (term) => termWeights.get(term) ?? 1,
      prefix: (term) => term.length >= 4,
      // Numbers and short words have no typing errors, only other meanings.
      fuzzy: (term) => (term.length >= 5 && !/\d/.test(term) ? 0.2 : false),
      maxFuzzy: 2,
      weights: { prefix: 0.3, fuzzy: 0.25 },
    });

    const phrases = words
      .slice(1)
      .map(({ word }, index) => ` ${wholeOf(words[index]?.word)} ${wholeOf(word)} `);
    const total = words.reduce((sum, { word, weight }) => sum + weight * rarityOf(word), 0);
    const hits = results.flatMap((result): Hit[] => {
      const id: unknown = result.id;
      const passage = typeof id === 'string' ? byId.get(id) : undefined;
      if (passage === undefined) return [];
      const qualities = new Map(
        words.map(({ word }) => [word, qualityOf(word, result.queryTerms, result.terms)]),
      );
      const reached = words.reduce(
        (sum, { word, weight }) => sum + weight * rarityOf(word) * (qualities.get(word) ?? 0),
        0,
      );
      const relevance = reached / total;
      const preference =
        (weights.get(passage.file) ?? 1) *
        (preferCode && passage.hasCode ? CODE_PREFERENCE : 1) *
        PHRASE_PREFERENCE ** phrases.filter((phrase) => sequences.get(passage)?.includes(phrase)).length;
      return [
        {
          passage,
          score: result.score * relevance * preference,
          relevance,
          found: new Set(words.filter(({ word }) => (qualities.get(word) ?? 0) > 0).map(({ word }) => word)),
        },
      ];
    });
    return hits.sort((one, other) => other.score - one.score);
  }

  return {
    passages,
    search,
    partAfter: ({ sectionId, part }) => byId.get(`${sectionId}.${part + 1}`),
  };
}

/** The term of the word itself, whatever else it may be called. */
const wholeOf = (word: Word | undefined): string => word?.alternatives[0]?.[0] ?? '';

/** @param said what the document says; `queryTerms`: what of the question led there */
function qualityOf(word: Word, queryTerms: readonly string[], said: readonly string[]): number {
  const ofTerm = (term: string): number => {
    if (!queryTerms.includes(term)) return 0;
    if (said.includes(term)) return QUALITY.exact;
    return said.some((one) => one.startsWith(term)) ? QUALITY.prefix : QUALITY.fuzzy;
  };
  // Half of an identifier is another word: "OpenAI" is not found where something opens.
  return Math.max(
    ...word.alternatives.map(
      (terms) => Math.min(...terms.map(ofTerm)) * (terms.length > 1 ? PARTS_QUALITY : 1),
    ),
  );
}
