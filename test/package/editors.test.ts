/** What editors and catalogues are told of the element: all that is public, as it is documented, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod/mini';

const named = z.object({ name: z.string(), description: z.string() });
const manifestSchema = z.object({
  modules: z.tuple([
    z.object({
      path: z.string(),
      declarations: z.tuple(
        [
          z.object({
            tagName: z.string(),
            attributes: z.array(
              z.extend(named, { type: z.object({ text: z.string() }), fieldName: z.string() }),
            ),
            members: z.array(z.object({ name: z.string(), privacy: z.optional(z.string()) })),
            events: z.array(z.extend(named, { type: z.object({ text: z.string() }) })),
            slots: z.array(named),
            cssParts: z.array(named),
            cssProperties: z.array(z.extend(named, { default: z.optional(z.string()) })),
          }),
        ],
        z.object({ name: z.string() }),
      ),
    }),
  ]),
});

const htmlDataSchema = z.object({
  tags: z.tuple([
    z.object({
      name: z.string(),
      attributes: z.array(
        z.object({ name: z.string(), values: z.optional(z.array(z.object({ name: z.string() }))) }),
      ),
    }),
  ]),
});

const webTypesSchema = z.object({
  name: z.string(),
  version: z.string(),
  contributions: z.object({
    html: z.object({ elements: z.tuple([z.object({ name: z.string(), attributes: z.array(named) })]) }),
  }),
});

function read<Output>(schema: z.ZodMiniType<Output>, file: string): Output {
  const path = join(inject('installed'), 'node_modules/ivy-chat/lib', file);
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

const namesOf = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);

let attributes: readonly string[];
let element: z.infer<typeof manifestSchema>['modules'][0]['declarations'][0];

beforeAll(() => {
  const [{ declarations }] = read(manifestSchema, 'custom-elements.json').modules;
  [element] = declarations;
  attributes = namesOf(element.attributes);
});

describe('the manifest', () => {
  it('has the public members and none that are private', () => {
    const members = namesOf(element.members);
    expect(members).toEqual(
      expect.arrayContaining([
        'threadId',
        'getToken',
        'messages',
        'connected',
        'sendMessage',
        'stop',
        'show',
      ]),
    );
    expect(members.filter((name) => /^#|^createStore$|^composer$|^render$/.test(name))).toEqual([]);
    expect(element.members.flatMap(({ privacy }) => privacy ?? [])).toEqual([]);
  });

  it('has attributes with the values that they take', () => {
    expect(attributes).toEqual(
      expect.arrayContaining(['thread-id', 'host', 'theme', 'launcher', 'disabled']),
    );
    const theme = element.attributes.find(({ name }) => name === 'theme');
    expect(theme?.type.text).toBe("'auto' | 'light' | 'dark'");
  });

  it('has the events, each with its class', () => {
    expect(element.events.map(({ name, type }) => [name, type.text])).toEqual([
      ['ivy-message', 'IvyMessageEvent'],
      ['ivy-token', 'IvyTokenEvent'],
      ['ivy-done', 'IvyDoneEvent'],
      ['ivy-error', 'IvyErrorEvent'],
      ['ivy-history', 'IvyHistoryEvent'],
      ['ivy-streaming-change', 'IvyStreamingChangeEvent'],
      ['ivy-connection-change', 'IvyConnectionChangeEvent'],
      ['ivy-open-change', 'IvyOpenChangeEvent'],
    ]);
  });

  it('has slots, parts and custom properties', () => {
    expect(namesOf(element.slots)).toContain('header-start');
    expect(namesOf(element.cssParts)).toEqual(
      expect.arrayContaining(['chat', 'composer', 'launcher-button']),
    );
    expect(element.cssProperties).toContainEqual({
      name: '--ivy-radius',
      description: 'Roundness of the outer corners, with its unit; all others follow.',
      default: '16px',
    });
  });
});

describe('an editor', () => {
  it('of the kind of VS Code completes the tag, its attributes and their values', () => {
    const [tag] = read(htmlDataSchema, 'vscode.html-custom-data.json').tags;
    expect(tag.name).toBe('ivy-chat');
    expect(namesOf(tag.attributes)).toEqual(attributes);
    const theme = tag.attributes.find(({ name }) => name === 'theme');
    expect(namesOf(theme?.values ?? [])).toEqual(['auto', 'light', 'dark']);
  });

  it("of JetBrains' has them too, of this version", () => {
    const { name, version, contributions } = read(webTypesSchema, 'web-types.json');
    expect({ name, version }).toEqual(
      read(z.object({ name: z.string(), version: z.string() }), '../package.json'),
    );
    const [tag] = contributions.html.elements;
    expect(tag.name).toBe('ivy-chat');
    expect(namesOf(tag.attributes)).toEqual(attributes);
  });
});
