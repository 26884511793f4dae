/** Which lines wait for more before they are shown, because what they begin is not known: rules of the last line only. */
import type { OpenState } from './block-state.ts';

/** Quotes, and items that begin on the line. What is behind is looked at on its own: one pattern would backtrack. */
const CONTAINERS = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*)*/;

/**
 * Nothing but marks, which are a rule, an underline, a delimiter row, a fence… or text after all; a number; the box of a
 * task; a fence with what may be a language.
 */
const UNDECIDED = /^(?:[-+*_=~`#|: \t]*|\d{1,9}[.)]?|\[(?:[ xX]\]?[ \t]*)?|`{3,}[^`]*|~{3,}.*)$/;
const DEFINITION = /^\[[^[\]]+\]:/;
const CLOSING_FENCE = /^[ \t>]*(?:`+|~+)$/;

/** The line as far as it can be shown; undefined when it has to wait. */
export function visibleLine(line: string, tip: OpenState): string | undefined {
  if (line === '') return undefined;
  // Half of a surrogate pair.
  const whole = line.replace(/[\ud800-\udbff]$/, '');
  if (tip.type === 'code' && tip.fence !== undefined) return CLOSING_FENCE.test(whole) ? undefined : whole;
  if (tip.type === 'html') return whole;
  const text = whole.slice(CONTAINERS.exec(whole)?.[0].length ?? 0);
  if (UNDECIDED.test(text) || (tip.type !== 'table' && text.startsWith('|'))) return undefined;
  return tip.type !== 'paragraph' && DEFINITION.test(text) ? undefined : whole;
}

/** A line that begins with a pipe is not shown as text before it is known not to be the head of a table. */
export function holdBackTableHead(tip: OpenState): void {
  if (tip.type !== 'paragraph') return;
  const start = tip.text.lastIndexOf('\n', tip.text.length - 2) + 1;
  if (tip.text.startsWith('|', start)) tip.text = tip.text.slice(0, start);
}
