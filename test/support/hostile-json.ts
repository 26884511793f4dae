/**
 * JSON that reaches for what all objects share, or is deeper or wider than anything sensible (A7). As text, because an
 * object literal with `__proto__` in it would set the prototype instead of having the key.
 */

const POLLUTED = '{"polluted":"yes"}';

/** A value where the place of the thing is the payload's. */
const VALUES: Readonly<Record<string, string>> = {
  'a prototype': `{"__proto__":${POLLUTED}}`,
  'a prototype of a prototype': `{"__proto__":{"__proto__":${POLLUTED}}}`,
  'a prototype that is null': '{"__proto__":null}',
  'a prototype that is a list': '{"__proto__":["polluted"]}',
  'a prototype that is text': '{"__proto__":"polluted"}',
  'an escaped prototype': `{"\\u005f\\u005fproto\\u005f\\u005f":${POLLUTED}}`,
  'a prototype twice': `{"__proto__":{"a":1},"__proto__":${POLLUTED}}`,
  'a constructor': `{"constructor":${POLLUTED}}`,
  'the prototype of a constructor': `{"constructor":{"prototype":${POLLUTED}}}`,
  'a constructor that is text': '{"constructor":"Function"}',
  'a prototype by its other name': `{"prototype":${POLLUTED}}`,
  'a prototype in a list': `[{"__proto__":${POLLUTED}}]`,
  'a list that is called a prototype': `{"__proto__":[[["__proto__"]]]}`,
  'methods that are data': '{"toString":1,"valueOf":2,"toJSON":3,"then":4,"hasOwnProperty":5}',
  'a getter by name': '{"__defineGetter__":1,"__lookupGetter__":2,"__defineSetter__":3}',
  'a promise that is none': '{"then":{"constructor":{"prototype":{"polluted":"yes"}}}}',
  'an iterator that is none': '{"length":4294967295,"0":"polluted","next":1}',
  'a list of 20,000': `[${'0,'.repeat(19_999)}0]`,
  'an object of 4,000 keys': `{${Array.from({ length: 4000 }, (_, key) => `"k${key}":0`).join(',')}}`,
  'keys that are numbers': '{"0":0,"-1":1,"4294967296":2,"1e308":3}',
  'numbers past every limit': '[1e999,-1e999,9007199254740993,5e-324,-0]',
  'halves of characters': '{"\\ud800":"\\udfff\\ud800"}',
  'objects 10,000 deep': `${'{"a":'.repeat(10_000)}0${'}'.repeat(10_000)}`,
  'lists 10,000 deep': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  // 4,000, because the names alone would be more than a frame may have.
  'prototypes 4,000 deep': `${'{"__proto__":'.repeat(4000)}{}${'}'.repeat(4000)}`,
};

export type HostileValue = readonly [what: string, json: string];

export const HOSTILE_VALUES: readonly HostileValue[] = Object.entries(VALUES);

/**
 * The object `frame` as JSON, with the payload in each place where one can be: as the value of each of its fields and of
 * an unknown one, and, where it is an object, with its keys beside those of the frame, before them and after.
 */
export function placed(frame: Readonly<Record<string, unknown>>, payload: string): readonly string[] {
  const fields = Object.entries(frame).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  const replaced = Object.keys(frame).map((name) =>
    objectOf(fields.map((field) => (field.startsWith(`"${name}":`) ? `"${name}":${payload}` : field))),
  );
  const members = payload.startsWith('{') ? payload.slice(1, -1) : `"__proto__":${payload}`;
  return [
    ...replaced,
    objectOf([...fields, `"unknown":${payload}`]),
    objectOf([...fields, members]),
    objectOf([members, ...fields]),
  ];
}

function objectOf(fields: readonly string[]): string {
  return `{${fields.join(',')}}`;
}
