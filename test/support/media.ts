/** What a page is told about the device, as a test says, in any engine: for scripts, and for the rules of a sheet. */

const real = window.matchMedia.bind(window);

/** Scripts are answered by this from now on, and by the device for every other query; `restoreMedia` ends it. */
export function sayMedia(answers: Readonly<Record<string, boolean>>): void {
  window.matchMedia = (query) => {
    const list = real(query);
    const answer = answers[query];
    if (answer !== undefined) Object.defineProperty(list, 'matches', { value: answer });
    return list;
  };
}

export function restoreMedia(): void {
  window.matchMedia = real;
}

/** The rules of `root` for a medium hold, or do not; returns the way back. */
export function applyMedia(
  root: ShadowRoot,
  changes: Readonly<Record<string, 'all' | 'not all'>>,
): () => void {
  const undo: (() => void)[] = [];
  const rules = root.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
  for (const rule of rules) {
    if (!(rule instanceof CSSMediaRule)) continue;
    const { media } = rule;
    const before = media.mediaText;
    const wanted = changes[before];
    if (wanted === undefined) continue;
    media.mediaText = wanted;
    undo.push(() => (media.mediaText = before));
  }
  if (undo.length === 0) throw new Error('no rule of the sheets is for this medium');
  return () => undo.forEach((back) => back());
}
