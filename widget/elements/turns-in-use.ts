/** The drawn turns that must stay drawn, because focus, a selection or the growing answer is in them. */
import { selectedRange } from '../controllers/selected-range.ts';
import { idOf } from './turn-rows.ts';

export function turnElement(list: Element, id: string): HTMLElement | undefined {
  // Compared rather than selected: an id is the relay's text, not a selector.
  return [...list.querySelectorAll<HTMLElement>('.turn')].find((turn) => idOf(turn) === id);
}

/** Their ids. */
export function turnsInUse(list: Element): ReadonlySet<string> {
  const root = list.getRootNode();
  const focused = root instanceof ShadowRoot ? root.activeElement : null;
  const range = selectedRange(root);
  const turns = [...list.querySelectorAll('.turn')];
  const [first, last] = [range?.startContainer, range?.endContainer].map((node) =>
    turns.findIndex((turn) => node !== undefined && turn.contains(node)),
  );
  return new Set(
    turns
      .filter(
        (turn, index) =>
          turn.contains(focused) ||
          turn.querySelector('.progress') !== null ||
          index === first ||
          index === last ||
          (first !== undefined && last !== undefined && first >= 0 && index > first && index < last),
      )
      .map(idOf),
  );
}
