/** Where sentences end, as the language has it. */

/** For browsers without a segmenter: up to a mark that ends a sentence, with what closes after it and the room behind. */
const SENTENCE = /.+?(?:[.!?…]["'”’»)\]]*\s+|[。！？]|$)/gs;

/** The pieces of a line, each with the space that follows it; only the last one may be unfinished. */
export function sentencesOf(line: string, locale: string): readonly string[] {
  if (!('Segmenter' in Intl)) return line.match(SENTENCE) ?? [];
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
  return [...segmenter.segment(line)].map(({ segment }) => segment);
}
