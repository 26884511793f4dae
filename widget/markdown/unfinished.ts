/** What is not shown yet at the end of a text that is still arriving, because the next characters decide what it is. */

/**
 * A backslash that no other escapes, or the start of a character reference. Looked at in the last characters only; a run of
 * marks is taken off before.
 */
const UNDECIDED_END = /(?:(?<=(?:^|[^\\])(?:\\\\)*)\\|&#?[a-z\d]{0,31})$/i;
const UNDECIDED_END_CHARS = 40;

export function withoutUnfinishedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '*_~`'.includes(text.charAt(end - 1))) end -= 1;
  const undecided = UNDECIDED_END.exec(text.slice(Math.max(0, end - UNDECIDED_END_CHARS), end));
  if (undecided !== null) end -= undecided[0].length;
  return text.slice(0, end);
}
