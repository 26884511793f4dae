/** What is wrong with HTML and CSS of the documents, by what the chat really takes. */
import { parse, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import * as z from 'zod/mini';
import { manifestOf } from '../../../widget/build/manifest.ts';
import { LOOKS } from '../../../widget/looks-of-tag.ts';
import { readOptions } from '../../../widget/embed/options.ts';

const named = z.array(z.object({ name: z.string() }));

const manifestSchema = z.object({
  modules: z.tuple([
    z.object({
      declarations: z.tuple(
        [
          z.object({
            attributes: z.array(z.object({ name: z.string(), type: z.object({ text: z.string() }) })),
            slots: named,
            cssParts: named,
            cssProperties: named,
          }),
        ],
        z.unknown(),
      ),
    }),
  ]),
});

/** On any element. */
const GLOBAL = ['id', 'class', 'style', 'slot', 'dir', 'lang', 'hidden', 'title'];
const SCRIPTS = ['ivy-chat.js', 'ivy-chat-colours.js'];

type Element = DefaultTreeAdapterTypes.Element;

export class Markup {
  readonly #values: ReadonlyMap<string, string>;
  readonly #slots: ReadonlySet<string>;
  readonly #parts: ReadonlySet<string>;
  readonly #properties: ReadonlySet<string>;

  private constructor(manifest: z.infer<typeof manifestSchema>) {
    const { attributes, slots, cssParts, cssProperties } = manifest.modules[0].declarations[0];
    this.#values = new Map(attributes.map(({ name, type }) => [name, type.text]));
    this.#slots = namesOf(slots);
    this.#parts = namesOf(cssParts);
    this.#properties = namesOf(cssProperties);
  }

  /** @param root the folder of the project */
  static async of(root: string): Promise<Markup> {
    return new Markup(manifestSchema.parse(JSON.parse(await manifestOf(root))));
  }

  /** A line for each mistake. */
  html(html: string): readonly string[] {
    const wrong: string[] = [];
    const onParseError = ({ code, startLine }: { code: string; startLine: number }): void => {
      wrong.push(`${code} in line ${String(startLine)}`);
    };
    const options = { onParseError, sourceCodeLocationInfo: true };
    const tree = /^<!doctype/i.test(html.trim()) ? parse(html, options) : parseFragment(html, options);
    for (const element of elementsOf(tree)) wrong.push(...this.#element(element));
    return wrong;
  }

  css(css: string): readonly string[] {
    const names = [...css.matchAll(/--ivy-[\w-]+/g)].map(([name]) => name);
    const parts = [...css.matchAll(/::part\(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.trim().split(/\s+/),
    );
    return [
      ...names.filter((name) => !this.#properties.has(name)).map((name) => `no custom property ${name}`),
      ...parts.filter((name) => !this.#parts.has(name)).map((name) => `no part ${name}`),
      ...(css.split('{').length === css.split('}').length ? [] : ['braces that do not match']),
    ];
  }

  #element(element: Element): readonly string[] {
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    const style = element.tagName === 'style' ? textOf(element) : '';
    const wrong = [...this.css(style), ...this.css(attributes.get('style') ?? '')];
    if (element.tagName === 'ivy-chat') {
      wrong.push(...[...attributes].flatMap(([name, value]) => this.#attribute(name, value)));
      for (const child of elementsOf(element)) {
        const slot = child.attrs.find(({ name }) => name === 'slot')?.value;
        if (slot === undefined || !this.#slots.has(slot)) wrong.push(`no slot for <${child.tagName}>`);
      }
    } else if (element.tagName.includes('-')) wrong.push(`no element ${element.tagName}`);
    const src = attributes.get('src');
    if (element.tagName === 'script' && src !== undefined) wrong.push(...this.#script(src, attributes));
    if (element.tagName === 'iframe' && src !== undefined) wrong.push(...frame(src));
    return wrong;
  }

  #attribute(name: string, value: string): readonly string[] {
    if (GLOBAL.includes(name)) return [];
    const type = this.#values.get(name);
    if (type === undefined) return [`no attribute ${name}`];
    if (!type.includes("'")) return [];
    return type.split(' | ').includes(`'${value}'`) ? [] : [`${name} is ${type} and not ${value}`];
  }

  #script(src: string, attributes: ReadonlyMap<string, string>): readonly string[] {
    const file = src.split('/').at(-1) ?? '';
    const data = [...attributes].flatMap(([name, value]) =>
      name.startsWith('data-') ? [[name.slice('data-'.length), value] as const] : [],
    );
    return [
      ...(SCRIPTS.includes(file) ? [] : [`no relay serves ${file}`]),
      ...data.flatMap(([name, value]) => (LOOKS.includes(name) ? [] : this.#attribute(name, value))),
    ];
  }
}

function namesOf(all: z.infer<typeof named>): ReadonlySet<string> {
  return new Set(all.map(({ name }) => name));
}

function frame(src: string): readonly string[] {
  const { pathname, searchParams } = new URL(src);
  if (pathname !== '/embed') return [`no page ${pathname} for frames`];
  return [...searchParams.keys()]
    .filter((name) => name !== 'colours' && !isOption(name))
    .map((name) => `no ${name} in the address`);
}

function isOption(name: string): boolean {
  const { attributes, properties, asksForTokens } = readOptions(new URLSearchParams([[name, '']]));
  return attributes.length > 0 || properties.length > 0 || asksForTokens;
}

function elementsOf({ childNodes }: DefaultTreeAdapterTypes.ParentNode): readonly Element[] {
  return childNodes.flatMap((node) => ('tagName' in node ? [node, ...elementsOf(node)] : []));
}

function textOf({ childNodes }: Element): string {
  return childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

/** What the page's own script tags hold. */
export function scriptsIn(html: string): readonly string[] {
  return elementsOf(parseFragment(html))
    .filter(({ tagName }) => tagName === 'script')
    .map(textOf)
    .filter((script) => script.trim() !== '');
}
