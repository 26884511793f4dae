/** The page that lists all that the element takes, says and shows: made of the custom elements manifest. */
import { format } from 'prettier';
import * as z from 'zod/mini';
import { manifestOf } from '../../widget/build/manifest.ts';

/** Relative to the project. */
export const REFERENCE = 'demo/docs/reference.md';

const typeSchema = z.object({ text: z.string() });
const namedShape = { name: z.string(), description: z.string(), default: z.optional(z.string()) };
const namedSchema = z.array(z.object(namedShape));

const elementSchema = z.object({
  attributes: z.array(z.object({ ...namedShape, type: typeSchema, fieldName: z.string() })),
  members: z.array(
    z.object({
      kind: z.enum(['field', 'method']),
      name: z.string(),
      description: z.optional(z.string()),
      type: z.optional(typeSchema),
      attribute: z.optional(z.string()),
      readonly: z.optional(z.boolean()),
      return: z.optional(z.object({ type: typeSchema })),
      parameters: z.optional(
        z.array(z.object({ name: z.string(), optional: z.optional(z.boolean()), type: typeSchema })),
      ),
    }),
  ),
  events: z.array(z.object({ name: z.string(), type: typeSchema, description: z.string() })),
  slots: namedSchema,
  cssParts: namedSchema,
  cssProperties: namedSchema,
});

type Member = z.infer<typeof elementSchema>['members'][number];

const eventClassSchema = z.object({
  name: z.string(),
  members: z.array(z.object({ name: z.string(), type: typeSchema })),
});

const manifestSchema = z.object({
  modules: z.tuple([z.object({ declarations: z.tuple([elementSchema], eventClassSchema) })]),
});

/** As Markdown, in the project's format. @param root the folder of the project */
export async function referenceOf(root: string): Promise<string> {
  const { modules } = manifestSchema.parse(JSON.parse(await manifestOf(root)));
  const [element, ...events] = modules[0].declarations;
  const fields = element.members.filter(({ kind }) => kind === 'field');
  const methods = element.members.filter(({ kind }) => kind === 'method');
  const attributeOf = new Map(element.attributes.map((attribute) => [attribute.fieldName, attribute]));
  const carried = new Map(
    events.map(({ name, members }) => [
      name,
      members.map(({ name: member, type }) => code(`${member}: ${type.text}`)).join(', '),
    ]),
  );
  const text = `# Reference

All that \`<ivy-chat>\` takes, says and shows. [Embedding the chat](embed.md) tells how to use it, and
[Theming](theming.md) how to make it look like your page.
\`npm run reference\` writes this page from the comments in \`widget/ivy-chat.ts\`.

## All attributes

${table(
  ['attribute', 'meaning', 'value', 'default'],
  element.attributes.map((one) => [code(one.name), one.description, code(one.type.text), defaultOf(one)]),
)}

## All properties

${table(
  ['property', 'meaning', 'type', 'attribute'],
  fields.map((field) => [
    code(field.name),
    meaningOf(field) || (attributeOf.get(field.name)?.description ?? ''),
    field.type === undefined ? '' : code(field.type.text),
    attributeText(attributeOf.get(field.name)?.name),
  ]),
)}

## All methods

${table(
  ['method', 'meaning'],
  methods.map((method) => [code(callOf(method)), meaningOf(method)]),
)}

## All events

They bubble, and leave shadow roots of the page's own. What they carry are properties of the event itself.

${table(
  ['event', 'when', 'carries'],
  element.events.map(({ name, type, description }) => [
    code(name),
    description,
    carried.get(type.text) ?? '',
  ]),
)}

## All slots

${named('slot', element.slots)}

## All parts

For \`ivy-chat::part(…)\`.

${named('part', element.cssParts)}

## All custom properties

${table(
  ['custom property', 'meaning', 'default'],
  element.cssProperties.map((one) => [code(one.name), one.description, defaultOf(one)]),
)}
`;
  return format(text, { parser: 'markdown', printWidth: 110 });
}

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function named(kind: string, all: z.infer<typeof namedSchema>): string {
  return table(
    [kind, 'meaning'],
    all.map(({ name, description }) => [code(name), description]),
  );
}

const code = (text: string): string => `\`${text}\``;

function defaultOf({ default: value = '' }: { readonly default?: string | undefined }): string {
  return /^(?:[#\d]|--)|^auto$|^answers$/.test(value) ? code(value) : value;
}

function attributeText(name: string | undefined): string {
  return name === undefined ? '' : code(name);
}

/** A comment in one line; empty for what is described as an attribute. */
function meaningOf({ description = '', readonly = false }: Member): string {
  const text = description.replaceAll(/\s+/g, ' ').trim();
  return readonly ? `${text} Read-only.`.trim() : text;
}

function callOf({ name, parameters = [], return: given }: Member): string {
  const list = parameters.map((one) => `${one.name}${one.optional === true ? '?' : ''}: ${one.type.text}`);
  return `${name}(${list.join(', ')})${given === undefined || given.type.text === 'void' ? '' : `: ${given.type.text}`}`;
}
