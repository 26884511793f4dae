/** Where a key leads somebody who walks the transcript from turn to turn. */

/** The turns by their ids. */
interface Steps {
  readonly count: number;
  readonly indexOf: (id: string) => number;
}

/** The index of the turn that gets focus; undefined for keys that do what they always do. */
export function stepOf(event: KeyboardEvent, { count, indexOf }: Steps): number | 'composer' | undefined {
  const { key, target, currentTarget } = event;
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return undefined;
  if (key === 'Escape') return 'composer';
  if (!(target instanceof Element) || count === 0) return undefined;
  if (target === currentTarget) return key === 'Enter' ? count - 1 : undefined;
  // Inside a turn, keys belong to what they are pressed in.
  if (!target.classList.contains('turn')) return undefined;
  const index = indexOf(target.getAttribute('data-turn') ?? '');
  switch (key) {
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
