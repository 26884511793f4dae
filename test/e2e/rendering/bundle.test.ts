/** What of the built script could make nodes or code of a string (rule X1): Lit's own templates, and nothing else. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { widgetScript } from '../../../demo/runner/widget-script.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const SINKS: ReadonlySet<string> = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'setHTML',
  'setHTMLUnsafe',
  'parseHTML',
  'parseHTMLUnsafe',
  'parseFromString',
  'DOMParser',
  'XSLTProcessor',
  'Function',
  'eval',
  'unsafeHTML',
  'write',
  'writeln',
]);

/** Every name and every string of the code that is one of them, outside of comments. */
function sinksIn(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node);
    if (isName && SINKS.has(node.text) && !isMethodOfOurs(node))
      found.push(node.parent.getText(source).slice(0, 60));
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, true);
  visit(source);
  return found;
}

/** `write` is also what shelves do: of anything but a document it is none. */
function isMethodOfOurs(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || !node.text.startsWith('write')) return false;
  const { parent } = node;
  return !ts.isPropertyAccessExpression(parent) || !/document$/i.test(parent.expression.getText());
}

let main: string;

beforeAll(async () => {
  main = await widgetScript(ROOT);
});

describe('[X1] the built script', () => {
  it('makes nodes of strings in one place: the templates of Lit, which are our own constants and character references', () => {
    expect(sinksIn(main)).toEqual([expect.stringMatching(/^\w+\.innerHTML$/)]);
    expect(main).toMatch(/createElement\(["'`]template["'`]\)[^]{0,40}innerHTML/);
  });

  it('holds no address that is code', () => {
    expect(main).not.toMatch(/(?:java|vb|live)script:/i);
  });

  it('would be caught: each sink is found in code that uses it', () => {
    const uses = [...SINKS].map((name) =>
      name.startsWith('write') ? `document.${name}(a)` : `a.${name} = b; a["${name}"]`,
    );
    for (const use of uses) expect(sinksIn(use), use).not.toEqual([]);
  });
});
