/** What the element's own documentation says, as a custom elements manifest: for catalogues, editors and our documents. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ts } from '@custom-elements-manifest/analyzer/index.js';
import { create } from '@custom-elements-manifest/analyzer/src/create.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import * as z from 'zod/mini';

const ELEMENT = 'widget/ivy-chat.ts';
const EVENTS = 'widget/events.ts';
/** Where all of it is in the package. */
const MODULE = 'lib/index.js';

const typeSchema = z.object({ text: z.string() });

/** A part, a slot, a custom property: all have a sentence. */
const documentedSchema = z.object({ name: z.string(), description: z.string() });

const memberShape = {
  name: z.string(),
  description: z.optional(z.string()),
  privacy: z.optional(z.string()),
  static: z.optional(z.boolean()),
};
const memberSchema = z.discriminatedUnion('kind', [
  z.object({
    ...memberShape,
    kind: z.literal('field'),
    type: z.optional(typeSchema),
    default: z.optional(z.string()),
    attribute: z.optional(z.string()),
    reflects: z.optional(z.boolean()),
    readonly: z.optional(z.boolean()),
  }),
  z.object({
    ...memberShape,
    kind: z.literal('method'),
    return: z.optional(z.object({ type: typeSchema })),
    parameters: z.optional(
      z.array(z.object({ name: z.string(), optional: z.optional(z.boolean()), type: typeSchema })),
    ),
  }),
]);

const elementSchema = z.object({
  kind: z.literal('class'),
  name: z.string(),
  tagName: z.string(),
  customElement: z.literal(true),
  summary: z.string(),
  description: z.string(),
  attributes: z.array(z.object({ name: z.string(), fieldName: z.string(), default: z.optional(z.string()) })),
  members: z.array(memberSchema),
  events: z.array(z.object({ name: z.string(), type: typeSchema, description: z.optional(z.string()) })),
  slots: z.array(documentedSchema),
  cssParts: z.array(documentedSchema),
  cssProperties: z.array(documentedSchema),
});

const eventSchema = z.object({
  kind: z.literal('class'),
  name: z.string(),
  description: z.string(),
  members: z.array(
    z.object({
      kind: z.literal('field'),
      name: z.string(),
      type: typeSchema,
      readonly: z.optional(z.boolean()),
    }),
  ),
});

const analysisSchema = z.object({
  modules: z.tuple([
    z.object({ declarations: z.tuple([elementSchema]) }),
    z.object({ declarations: z.array(eventSchema) }),
  ]),
});

/** As JSON. @param root the folder of the project */
export async function manifestOf(root: string): Promise<string> {
  const sources = [];
  for (const path of [ELEMENT, EVENTS])
    sources.push({ path, text: await readFile(join(root, path), 'utf8') });
  const { modules } = analysisSchema.parse(
    create({
      modules: sources.map(({ path, text }) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)),
      plugins: litPlugin(),
      context: { dev: false },
    }),
  );
  const [
    {
      declarations: [element],
    },
    { declarations: events },
  ] = modules;
  const written = documentedAttributes(sources[0]?.text ?? '');
  const documented = {
    ...element,
    attributes: element.attributes.map(({ name, fieldName }) => {
      const attribute = written.get(name);
      if (attribute === undefined) throw new Error(`The attribute ${name} is not documented in ${ELEMENT}.`);
      return { name, fieldName, ...attribute };
    }),
    // What is private or only for tests is nobody's business.
    members: element.members.flatMap(({ privacy, static: isStatic, ...member }) =>
      isStatic !== true && (privacy ?? 'public') === 'public' ? [member] : [],
    ),
    // Those that it dispatches without a sentence are these under another name.
    events: element.events.filter(({ description }) => description !== undefined),
    cssProperties: element.cssProperties.map(({ name, description }) => ({
      name,
      ...withDefault(description),
    })),
    superclass: { name: 'LitElement', package: 'lit' },
  };
  const manifest = {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: MODULE,
        declarations: [documented, ...events],
        exports: [
          ...[element, ...events].map(({ name }) => exported('js', name, name)),
          exported('custom-element-definition', element.tagName, element.name),
        ],
      },
    ],
  };
  return JSON.stringify(manifest);
}

function exported<Kind extends 'js' | 'custom-element-definition'>(
  kind: Kind,
  name: string,
  declaration: string,
) {
  return { kind, name, declaration: { name: declaration, module: MODULE } };
}

interface Documented {
  readonly type: { readonly text: string };
  readonly description: string;
  readonly default?: string;
}

/** As they are written: the analyzer takes the types of the properties instead, which scripts set and nobody else. */
function documentedAttributes(source: string): ReadonlyMap<string, Documented> {
  const lines = source.matchAll(/^ \* @attr \{(?<type>[^}]+)\} (?<name>[\w-]+) - (?<text>.+)$/gm);
  return new Map(
    [...lines].map(({ groups: { type = '', name = '', text = '' } = {} }) => [
      name,
      { type: { text: type.replaceAll('|', ' | ') }, ...withDefault(text) },
    ]),
  );
}

/** A default stands in brackets at the end. */
function withDefault(text: string): Pick<Documented, 'description' | 'default'> {
  const [, description = text, value] = /^(.*?)(?: \[(.+)\])?$/.exec(text) ?? [];
  return value === undefined ? { description } : { description, default: value };
}
