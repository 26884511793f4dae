/** Where sentences end, in any language: `Intl.Segmenter` would say no more, and not every browser has it. */

/** Up to a mark that ends a sentence, with what closes after it and the room behind. */
const SENTENCE = /.+?(?:[\p{Sentence_Terminal}…]["'”’»)\]]*\s+|[。！？]|$)/gsu;

/** The pieces of a line, each with the space that follows it; only the last one may be unfinished. */
export function sentencesOf(line: string): readonly string[] {
  return line.match(SENTENCE) ?? [];
}
