/**
 * The drawn turns as items of a list. A turn is drawn into the same item for as long as it is there, and an item that is in
 * its place stays there: focus and selection are in it.
 */
import { render, type TemplateResult } from 'lit';

export interface TurnRow {
  readonly id: string;
  readonly side: 'user' | 'assistant';
  /** What styles tell apart besides. */
  readonly state: string;
  /** Names it for assistive technology. */
  readonly label: string;
  readonly content: TemplateResult;
}

/** Those that are ours: a copy that somebody made of one looks like it, and what is drawn into it would be there twice. */
const made = new WeakSet<Element>();

/** Takes out whatever else is in the list. */
export function drawRows(list: Element, turns: readonly TurnRow[]): void {
  const ids = new Set(turns.map(({ id }) => id));
  const kept = new Map<string, HTMLElement>();
  for (const row of [...list.children])
    if (isOurs(row) && ids.has(idOf(row))) kept.set(idOf(row), row);
    else row.remove();
  let next = list.firstElementChild;
  for (const turn of turns) {
    const row = kept.get(turn.id) ?? newRow(turn);
    draw(turn, row);
    if (row === next) next = row.nextElementSibling;
    else list.insertBefore(row, next);
  }
}

function isOurs(row: Element): row is HTMLElement {
  return made.has(row);
}

export function idOf(row: Element): string {
  return row.getAttribute('data-turn') ?? '';
}

function newRow({ id, side }: TurnRow): HTMLElement {
  const row = document.createElement('li');
  made.add(row);
  row.tabIndex = -1;
  row.setAttribute('data-turn', id);
  row.setAttribute('part', `message message-${side}`);
  return row;
}

function draw({ side, state, label, content }: TurnRow, row: HTMLElement): void {
  const look = `turn ${side} ${state}`;
  if (row.className !== look) row.className = look;
  if (row.getAttribute('aria-label') !== label) row.setAttribute('aria-label', label);
  render(content, row);
}
