/** Where sentences end, in any language, about as `Intl.Segmenter` has it, which not every browser has. */

/** The pieces of a line, each with the space that follows it; only the last one may be unfinished. */
export function sentencesOf(line: string): readonly string[] {
  // Up to a mark that ends a sentence, with what closes after it and the room behind; before a small letter it ended a word.
  return line.match(/.+?(?:[\p{Sentence_Terminal}…]["'\p{Pe}\p{Pf}]*\s+(?![\s\p{Ll}])|[。！？]|$)/gsu) ?? [];
}
