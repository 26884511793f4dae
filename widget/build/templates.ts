/** The templates of our own modules, made small while they are bundled. */
import { Visitor, type Plugin } from 'vite';
import { tightCss, tightHtml } from './white-space.ts';

const MODULE = /\/widget\/.*\.ts$/;

/** By tag, as modules import it from Lit. */
const TIGHT = new Map([
  ['css', tightCss],
  ['html', tightHtml],
  ['svg', tightHtml],
]);

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function templates(): Plugin {
  return {
    name: 'ivy-chat:templates',
    apply: 'build',
    // As they are written, so that the map leads to their file.
    enforce: 'pre',
    transform: {
      filter: { id: MODULE, code: /\b(?:css|html|svg)`/ },
      handler(code) {
        const edits: Edit[] = [];
        const program = this.parse(code, { lang: 'ts', astType: 'js' });
        new Visitor({
          TaggedTemplateExpression({ tag, quasi: { quasis } }) {
            const tight = tag.type === 'Identifier' ? TIGHT.get(tag.name) : undefined;
            const strings = tight?.(quasis.map(({ value }) => value.raw));
            for (const [index, { start, end }] of quasis.entries()) {
              const text = strings?.[index];
              if (text !== undefined) edits.push({ start, end, text });
            }
          },
        }).visit(program);
        const text = edited(code, edits);
        return { code: text, map: fileMap(text) };
      },
    },
  };
}

/** Templates in the expressions of others are edited too, but no string of one is inside a string of another. */
function edited(code: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    text += code.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + code.slice(at);
}

/** Which file each line is of, for the table of what files cost, and not which line of it. */
function fileMap(text: string): { mappings: string } {
  return { mappings: 'AAAA;'.repeat(text.split('\n').length) };
}
