/** What is not shown yet at the end of a text that is still arriving, because the next characters decide what it is. */

/** Looked at in the last characters only; a run of marks is taken off before. */
const UNDECIDED_END = /(?:\\|&#?[a-z\d]{0,31})$/i;
const UNDECIDED_END_CHARS = 40;
const UNDECIDED_AUTOLINK = /^<(?:h(?:t(?:t(?:ps?)?)?)?|[a-z][a-z\d+.-]{1,31}:[^\s<>]*)?$/i;

/** `](…`, `][…` or `]` up to the end: all that a link which is being written can look like. */
const UNFINISHED_LINK_END =
  /\](?:\(\s*(?:<[^<>\n]*|[^\s<]\S*)?(?:>?\s+(?:"[^"]*"?|'[^']*'?|\([^()]*\)?)?\s*)?|\[[^[\]]*)?$/y;

export function withoutUnfinishedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '*_~`'.includes(text.charAt(end - 1))) end -= 1;
  const undecided = UNDECIDED_END.exec(text.slice(Math.max(0, end - UNDECIDED_END_CHARS), end));
  if (undecided !== null) end -= undecided[0].length;
  const angle = end === 0 ? -1 : text.lastIndexOf('<', end - 1);
  if (angle === -1 || !UNDECIDED_AUTOLINK.test(text.slice(angle, end))) return text.slice(0, end);
  return text.slice(0, angle) + text.slice(angle + 1, end);
}

/** Whether the closing bracket at `offset` may belong to a link of which the rest has not arrived. */
export function isUnfinishedLinkEnd(text: string, offset: number): boolean {
  UNFINISHED_LINK_END.lastIndex = offset;
  return UNFINISHED_LINK_END.test(text);
}
