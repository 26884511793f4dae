/** Frames and texts that are too large (A6): the sender is told, and nothing else happens. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeClientFrame, FRAME_MAX_BYTES } from '#protocol';
import { RoomHarness } from '../../support/room-harness.ts';

/** A `message` whose UTF-8 is exactly so long, by a field that nobody reads. */
function messageOfBytes(bytes: number, unit: string): string {
  const frame = (padding: string): string =>
    JSON.stringify({ type: 'message', content: 'x', id: 'm-1', padding });
  const room = bytes - Buffer.byteLength(frame(''));
  const units = Math.floor(room / Buffer.byteLength(unit));
  return frame(unit.repeat(units) + 'x'.repeat(room - units * Buffer.byteLength(unit)));
}

/** As large as what a client may send, in bytes: of one, two, three and four a character. */
const UNITS = ['x', 'ã', '漢', '👩'];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a frame of 65,537 bytes', () => {
  it.each(UNITS)('[A6] is refused and never given to the JSON parser: %s', (unit) => {
    const parse = vi.spyOn(JSON, 'parse');
    const large = messageOfBytes(65_537, unit);
    expect(Buffer.byteLength(large)).toBe(FRAME_MAX_BYTES + 1);

    expect(decodeClientFrame(large)).toEqual({ ok: false, failure: { kind: 'too_large' } });
    expect(parse).not.toHaveBeenCalled();
    expect(decodeClientFrame(messageOfBytes(65_536, unit)).ok).toBe(true);
    expect(parse).toHaveBeenCalledOnce();
  });

  it('[A6] is refused whether or not it is JSON', () => {
    for (const character of ['{', '[', '"', '\\', '\u0000', ' ', '1']) {
      const result = decodeClientFrame(character.repeat(65_537));
      expect(result).toEqual({ ok: false, failure: { kind: 'too_large' } });
    }
  });

  it.each([65_537, 200_000, 1_048_576])(
    '[A6] or %i is told to its sender alone, and changes nothing',
    async (bytes) => {
      const harness = new RoomHarness();
      const [ana, ben] = [await harness.connect(), await harness.connect()];
      for (const client of [ana, ben]) client.take();
      const before = await harness.storage.load();
      await ana.sendText(messageOfBytes(bytes, '漢'));

      expect(ana.take()).toMatchObject([{ type: 'error', code: 'too_large', retryable: false }]);
      expect(ben.take()).toEqual([]);
      expect(await harness.storage.load()).toEqual(before);
      expect(harness.upstream.calls).toEqual([]);
      expect(ana.socket.closed).toBeUndefined();
    },
  );
});

describe('a text of 16,001 characters', () => {
  it.each(['x', 'ã', '漢'])('[A6] is refused, and one of 16,000 is asked whole: %s', async (unit) => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    ana.take();
    await ana.ask(unit.repeat(16_001), 'm-1');
    expect(ana.take()).toMatchObject([{ type: 'error', code: 'bad_frame' }]);
    expect(harness.upstream.calls).toEqual([]);

    const whole = unit.repeat(16_000);
    await ana.ask(whole, 'm-2');
    expect(harness.upstream.call.request.message).toBe(whole);
    expect((await harness.storage.load()).recent).toMatchObject([{ id: 'm-2', content: whole }]);
  });
});
