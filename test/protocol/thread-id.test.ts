import { describe, expect, it } from 'vitest';
import { parseThreadId, roomOfThread, threadOfRoom } from '#protocol';

describe('a thread id', () => {
  it.each(['a', '_', '-', 'A-z_09', 'x'.repeat(128), '5d8d7a5e-3b1c-4a55-9a53-0d6f0c1f2a3b'])(
    '[H1] is read, and comes back from its room: %s',
    (id) => {
      expect(parseThreadId(id)).toEqual({ ok: true, value: id });
      expect(threadOfRoom(roomOfThread(id))).toEqual({ ok: true, value: id });
    },
  );

  it.each([
    '',
    'x'.repeat(129),
    'a b',
    'a/b',
    '../main',
    'a%2Fb',
    'a.b',
    'ação',
    'a\n',
    '\na',
    'a\u0000',
    'a?token=x',
    undefined,
    null,
    7,
    ['a'],
  ])('[H1] is refused: %j', (id) => {
    expect(parseThreadId(id)).toEqual({ ok: false, failure: 'bad_thread_id' });
  });

  it.each(['', 'ivy_', 'IVY_a', 'a', 'xivy_a', 'ivy_a/b', 'ivy_ a'])(
    '[H1] is in no room of this name: %j',
    (room) => {
      expect(threadOfRoom(room).ok).toBe(false);
    },
  );
});
