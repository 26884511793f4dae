/** Where sentences end, in any language: nearly as `Intl.Segmenter` has it, which not every browser does. */

/** Up to a mark that ends a sentence, with what closes after it and the space behind, but not in “e.g. this”. */
const SENTENCE = /.+?(?:[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}]*\s(?!\p{Ll})|[。！？]|$)/gsu;

/** The pieces of a line, each with the space that follows it; only the last one may be unfinished. */
export function sentencesOf(line: string): readonly string[] {
  return line.match(SENTENCE) ?? [];
}
