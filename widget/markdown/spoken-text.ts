/**
 * The tree as it is to be said: a line for each thing that stands by itself on the screen, without markup. Code is
 * named and not read: heard in one go it means nothing to anybody.
 */
import { plainText } from './inline-shapes.ts';
import type { Sequence } from './sequence.ts';
import type { Block } from './tree.ts';

export interface SpokenLabels {
  readonly code: string;
  readonly taskDone: string;
  readonly taskOpen: string;
}

/** Only the last line can still change while the text grows; an empty one there says that the line before cannot. */
export function spokenLines(blocks: Sequence<Block>, labels: SpokenLabels): string[] {
  const lines: string[] = [];
  for (const block of blocks) addBlock(lines, block, labels);
  if (blocks.last?.type === 'code') lines.push('');
  return lines;
}

function addBlock(lines: string[], block: Block, labels: SpokenLabels): void {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      addLine(lines, plainText(block.children));
      break;
    case 'html':
      addLine(lines, block.text);
      break;
    case 'code':
      lines.push(`${labels.code}.`);
      break;
    case 'quote':
      for (const child of block.children) addBlock(lines, child, labels);
      break;
    case 'list':
      for (const { checked, children } of block.children) {
        const first = lines.length;
        for (const child of children) addBlock(lines, child, labels);
        if (checked === undefined || lines[first] === undefined) continue;
        lines[first] = `${checked ? labels.taskDone : labels.taskOpen}: ${lines[first]}`;
      }
      break;
    case 'table':
      for (const { cells } of [block.head, ...block.children])
        addLine(lines, cells.map(plainText).join(', '));
      break;
    case 'rule':
  }
}

function addLine(lines: string[], text: string): void {
  const line = text.replace(/\s+/g, ' ').trimStart();
  if (line !== '') lines.push(line);
}
