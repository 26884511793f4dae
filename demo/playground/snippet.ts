/** The HTML that a page is given for a chat of some look. */
import { attributesOf, propertiesOf, type Look } from './look.ts';

/** Characters on a line, from which on each attribute gets one of its own. */
const LINE_CHARS = 80;

export interface Embed {
  /** Address of the script. */
  readonly script: string;
  readonly threadId: string;
  readonly look?: Look | undefined;
}

export function snippetOf({ script, threadId, look }: Embed): string {
  const attributes = [['thread-id', threadId] as const, ...(look === undefined ? [] : attributesOf(look))];
  return [
    ...(look === undefined ? [] : styleOf(propertiesOf(look))),
    `<script src="${escaped(script)}" async></script>`,
    tagOf(attributes.map(([name, value]) => (name === 'launcher' ? name : `${name}="${escaped(value)}"`))),
  ].join('\n');
}

function styleOf(properties: ReadonlyMap<string, string>): readonly string[] {
  if (properties.size === 0) return [];
  const declarations = [...properties].map(([name, value]) => `    ${name}: ${value};`);
  return ['<style>', '  ivy-chat {', ...declarations, '  }', '</style>'];
}

function tagOf(attributes: readonly string[]): string {
  const line = `<ivy-chat ${attributes.join(' ')}></ivy-chat>`;
  if (line.length <= LINE_CHARS || attributes.length === 1) return line;
  return `<ivy-chat\n  ${attributes.join('\n  ')}\n></ivy-chat>`;
}

/** As the text of an attribute in double quotes, in any HTML. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
