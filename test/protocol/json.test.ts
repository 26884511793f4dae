/** JSON on pages whose libraries have told every object and list how it is written. */
import { describe, expect, it } from 'vitest';
import { decodeClientFrame, decodeServerFrame, encodeFrame, writeJson } from '#protocol';

const NESTED = {
  list: [1, 'two', [{ three: null }], true],
  none: undefined,
  text: '"',
  object: { deep: { est: [] } },
};

interface Type {
  readonly prototype: object;
}

/** On a page of Prototype.js, say, or with an encoder from before there was one; `for…in` would see all of it. */
function onPageWith<Output>(types: readonly Type[], write: () => Output): Output {
  for (const { prototype } of types) Reflect.set(prototype, 'toJSON', () => '"theirs"');
  Reflect.set(Object.prototype, 'theirs', 'in every object');
  try {
    return write();
  } finally {
    for (const { prototype } of types) Reflect.deleteProperty(prototype, 'toJSON');
    Reflect.deleteProperty(Object.prototype, 'theirs');
  }
}

describe.each([
  ['objects', [Object]],
  ['lists', [Array]],
  ['everything', [Object, Array, String, Number, Boolean]],
] as const)('with a toJSON for %s', (_, types) => {
  it('writes what it would write without', () => {
    expect(onPageWith(types, () => writeJson(NESTED))).toBe(JSON.stringify(NESTED));
  });

  it('writes frames that the other end reads', () => {
    const question = { type: 'history', cursor: { gen: 2, last: 'm-1', run: 'm-2', off: 7 } } as const;
    const message = { id: 'm-1', role: 'user', content: 'Olá', timestamp: 1, status: 'complete' } as const;
    const answer = { type: 'history', messages: [message], gen: 2, mode: 'full', v: 1 } as const;
    const sent = onPageWith(types, () => [encodeFrame(question), encodeFrame(answer)]);
    expect(decodeClientFrame(sent[0])).toEqual({ ok: true, value: question });
    expect(decodeServerFrame(sent[1])).toEqual({ ok: true, value: answer });
  });
});

it('writes as the browser does where nobody has changed it', () => {
  expect(writeJson(NESTED)).toBe(JSON.stringify(NESTED));
  expect(writeJson('text')).toBe('"text"');
  expect(writeJson(null)).toBe('null');
});
