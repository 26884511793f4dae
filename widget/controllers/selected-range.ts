/** What is selected in a shadow tree. Engines tell it in three ways, and outside of the tree only where it is. */

interface ComposedSelection extends Selection {
  getComposedRanges(options: { shadowRoots: ShadowRoot[] }): StaticRange[];
}

const isComposed = (selection: Selection): selection is ComposedSelection =>
  'getComposedRanges' in selection && typeof selection.getComposedRanges === 'function';

const isSelectable = (root: Node): root is Node & Pick<Document, 'getSelection'> =>
  'getSelection' in root && typeof root.getSelection === 'function';

/** Undefined while nothing is selected, a caret alone included. */
export function selectedRange(root: Node): AbstractRange | undefined {
  const selection = selectionOf(root);
  if (selection === undefined) return undefined;
  const range =
    root instanceof ShadowRoot && isComposed(selection)
      ? selection.getComposedRanges({ shadowRoots: [root] })[0]
      : selection.rangeCount > 0
        ? selection.getRangeAt(0)
        : undefined;
  return range?.collapsed === false ? range : undefined;
}

/** Chromium kept a selection for each shadow root before it had the method above; Firefox tells the nodes inside. */
function selectionOf(root: Node): Selection | undefined {
  const ofDocument = document.getSelection() ?? undefined;
  if (ofDocument !== undefined && isComposed(ofDocument)) return ofDocument;
  return (isSelectable(root) ? root.getSelection() : ofDocument) ?? undefined;
}
