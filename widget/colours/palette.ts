/** The colours, as rules for the shadow root of a chat. The ground they stand on is the chat's own. */
import { GROUPS, type Group } from './groups.ts';

/** On light ground and on dark: each with a contrast of 4.5:1 and more. */
const COLOURS: Readonly<Record<Group, readonly [light: string, dark: string]>> = {
  comment: ['#68716d', '#87918d'],
  keyword: ['#8430a3', '#cda4f4'],
  string: ['#1c6e46', '#8fd1a4'],
  literal: ['#a8450c', '#f0ad7e'],
  function: ['#1f56b5', '#8db8fb'],
  type: ['#0b6876', '#76cdd6'],
  attribute: ['#855908', '#dfc07c'],
  tag: ['#ad2440', '#fb9dab'],
  meta: ['#6e6012', '#ccc07e'],
  addition: ['#1c6e46', '#8fd1a4'],
  deletion: ['#b3261e', '#ff9a92'],
};

const PREFIX = 'ivy-';

/** Name in the registry, which the page's own highlights are in as well. */
export function highlightName(group: Group): string {
  return PREFIX + group;
}

/** Nothing for paper, and where the reader has chosen the colours. */
export function colourSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  const rules = (frame: string, index: 0 | 1): string =>
    GROUPS.map(
      (group) =>
        `${frame} [part~='code-block'] code::highlight(${highlightName(group)}){color:${COLOURS[group][index]}}`,
    ).join('');
  sheet.replaceSync(
    `@media screen and (forced-colors: none){${rules('.frame', 0)}${rules('.frame.dark', 1)}}`,
  );
  return sheet;
}
