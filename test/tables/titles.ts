/** Which numbers a test file carries in its titles. */
import ts from 'typescript';

/** What these run proves nothing. */
const NOT_RUN = /^(?:it|test|describe)\.(?:skip|todo|fails)\b/;

/** In strings of the code, not in its comments. */
export function numbersIn(code: string, mark: RegExp): ReadonlySet<string> {
  const numbers = new Set<string>();
  const source = ts.createSourceFile('', code, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && NOT_RUN.test(node.getText(source))) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) {
      for (const [number] of node.text.matchAll(mark)) numbers.add(number);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return numbers;
}
