/** What the address of the frame asks for: attributes of the chat, how it looks, and who gives it its tokens. */

/** Attributes by their names in the address. There is no launcher: a frame cannot float. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['thread', 'thread-id'],
  ...[
    'thread-key',
    'theme',
    'locale',
    'heading',
    'placeholder',
    'greeting',
    'suggestions',
    'announce',
    'disabled',
  ].map((name) => [name, name] as const),
]);

/** Custom properties without their `--ivy-`. */
const LOOKS = ['accent', 'radius', 'density', 'font-size'];

type Values = readonly (readonly [name: string, value: string])[];

export interface FrameOptions {
  readonly attributes: Values;
  readonly properties: Values;
  /** The page around the frame is asked for tokens: one in the address would be in histories and logs. */
  readonly asksForTokens: boolean;
}

export function readOptions(query: URLSearchParams): FrameOptions {
  const valuesOf = (names: Iterable<readonly [string, string]>): Values =>
    [...names].flatMap(([name, own]) => {
      const value = query.get(name);
      return value === null ? [] : [[own, value] as const];
    });
  return {
    attributes: valuesOf(ATTRIBUTES),
    properties: valuesOf(LOOKS.map((name) => [name, `--ivy-${name}`] as const)),
    asksForTokens: query.has('get-token'),
  };
}
