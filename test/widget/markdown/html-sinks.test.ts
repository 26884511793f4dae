/** That the linter says no to everything that would make nodes or code of a string (rules X1 to X3). */
import { fileURLToPath } from 'node:url';
import { ESLint, Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Of all that is configured for a file, those that are about X1; the others would need its types. */
const RULES = ['no-restricted-properties', 'no-restricted-globals', 'no-restricted-syntax'];

const FORBIDDEN = [
  'element.innerHTML = text;',
  'element["innerHTML"] = text;',
  'element.outerHTML += text;',
  'Object.assign(element, { innerHTML: text });',
  'const { innerHTML } = element;',
  'element.insertAdjacentHTML("beforeend", text);',
  'document.write(text);',
  'document.writeln(text);',
  'element.ownerDocument.write(text);',
  'frame.srcdoc = text;',
  'range.createContextualFragment(text);',
  'element.setHTML(text);',
  'element.setHTMLUnsafe(text);',
  'Document.parseHTMLUnsafe(text);',
  'new DOMParser().parseFromString(text, "text/html");',
  'new window.DOMParser();',
  'hljs.highlightElement(element);',
  'eval(text);',
  'globalThis.eval(text);',
  'new Function(text);',
  'Function(text)();',
  'window.Function(text);',
  'setTimeout("alert(1)");',
  "import { unsafeHTML } from 'lit/directives/unsafe-html.js';",
  "import { unsafeSVG } from 'lit/directives/unsafe-svg.js';",
  "import { unsafeStatic } from 'lit/static-html.js';",
  "import { html } from 'lit/static-html.js';",
  "import { unsafeHTML } from 'elsewhere';",
  "await import('lit/directives/unsafe-html.js');",
  'element.setAttribute(name, text);',
  'element.setAttribute("onclick", text);',
  'element.setAttribute("style", text);',
  'element.setAttribute("srcdoc", text);',
  'element.setAttributeNS(null, name, text);',
  'element.setAttributeNode(attribute);',
  'element.toggleAttribute(name);',
  'document.createElement(tag);',
  'document.createElement("script");',
  'document.createElement("iframe");',
  'document.createElementNS(namespace, tag);',
  'const address = "javascript:alert(1)";',
  'const address = `javascript:${text}`;',
  'document.execCommand("insertHTML", false, text);',
  'html`<p .innerHTML=${text}></p>`;',
  'html`<p onclick=${text}></p>`;',
  'html`<p style="${text}"></p>`;',
  'html`<iframe .srcdoc=${text}></iframe>`;',
  'html`<script>${text}</script>`;',
  'html(strings);',
  'html(Object.assign([text], { raw: [text] }));',
  'lit.svg(strings);',
  'strings.raw = strings;',
  'render({ _$litType$: 1, strings, values: [] }, element);',
];

const ALLOWED = [
  'element.textContent = text;',
  'element.append(document.createTextNode(text));',
  'document.createElement("div");',
  'element.setAttribute("aria-label", text);',
  'element.style.setProperty("inset", "0");',
  'navigator.clipboard.writeText(text);',
  'shelf.write(text);',
  'document.execCommand("copy");',
  'html`<p class=${text} @click=${listener} aria-label=${text}>${text}</p>`;',
  "import { html } from 'lit';",
  'const words = "nothing to evaluate";',
];

const linter = new Linter({ configType: 'flat' });
const eslint = new ESLint({ cwd: ROOT });
const configs = new Map<string, Linter.Config>();

const configSchema = z.object({ rules: z.record(z.string(), z.array(z.unknown())) });

async function configOf(file: string): Promise<Linter.Config> {
  const configured = configSchema.parse(await eslint.calculateConfigForFile(file)).rules;
  const rules: Linter.RulesRecord = {};
  for (const name of RULES) {
    const [severity, ...options] = configured[name] ?? [];
    if (severity === 2) rules[name] = [severity, ...options];
  }
  return { files: ['**/*.ts'], languageOptions: { parser }, rules };
}

function complaints(file: string, code: string): readonly string[] {
  const found = linter.verify(code, configs.get(file) ?? [], { filename: file });
  const broken = found.find(({ fatal }) => fatal);
  if (broken !== undefined) throw new Error(`${code}: ${broken.message}`);
  return found.map(({ message }) => message);
}

const FILES = ['widget/elements/new.ts', 'widget/markdown/new.ts', 'partykit/protocol/new.ts'];
const MAKER = 'widget/markdown/allowed.ts';
const DECODER = 'widget/markdown/browser-decoding.ts';

beforeAll(async () => {
  for (const file of [...FILES, MAKER, DECODER]) configs.set(file, await configOf(file));
});

describe('[X1] the linter', () => {
  it.each(FORBIDDEN)('refuses: %s', (code) => {
    for (const file of FILES) expect(complaints(file, code), file).not.toEqual([]);
  });

  it.each(ALLOWED)('lets pass: %s', (code) => {
    for (const file of FILES) expect(complaints(file, code), file).toEqual([]);
  });

  it('[X2] lets names of elements and attributes be computed in the one file that has the list, and nothing else there', () => {
    const free = FORBIDDEN.filter((code) => complaints(MAKER, code).length === 0);
    expect(free).toEqual([
      'element.setAttribute(name, text);',
      'element.toggleAttribute(name);',
      'document.createElement(tag);',
    ]);
  });

  it('lets a template be made in the one file that has the browser decode a character reference, and nothing else there', () => {
    const free = FORBIDDEN.filter((code) => complaints(DECODER, code).length === 0);
    expect(free).toEqual([
      'html(strings);',
      'html(Object.assign([text], { raw: [text] }));',
      'lit.svg(strings);',
      'strings.raw = strings;',
      'render({ _$litType$: 1, strings, values: [] }, element);',
    ]);
  });
});
