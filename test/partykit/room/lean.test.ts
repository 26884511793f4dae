/** What a client that reads lean frames is told, and that it knows the same as all the others (rule S8). */
import { describe, expect, it } from 'vitest';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';
import { HARD_TEXT } from '../../support/messages.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

async function asked() {
  const harness = new RoomHarness();
  const lean = await harness.connect({ lean: true });
  const plain = await harness.connect();
  const original = await harness.connect({ version: 0 });
  await lean.ask('question', 'q-1');
  return { harness, lean, plain, original, call: harness.upstream.call };
}

describe('a client that reads lean frames', () => {
  it('[S8] is told so when it is greeted, and no other is', async () => {
    const { lean, plain, original } = await asked();
    expect(lean.framesOf('history')).toMatchObject([{ lean: true }]);
    for (const other of [plain, original]) expect(other.framesOf('history')[0]).not.toHaveProperty('lean');
  });

  it('[S8] gets text as it is, and an end without it', async () => {
    const { harness, lean, plain, call } = await asked();
    await call.token('One');
    await harness.clock.advance(33);
    await call.token(', "two"\n');
    await call.end();
    expect(lean.socket.texts.slice(3, 5)).toEqual(['One', ', "two"\n']);
    expect(lean.socket.texts[5]).toMatch(
      /^{"type":"end","messageId":"[^"]+","status":"complete","timestamp":\d+,"gen":0,"chars":11}$/,
    );
    expect(typesOf(lean.frames).slice(1)).toEqual([
      ...['message', 'streaming true', 'token', 'token', 'end', 'streaming false'],
    ]);
    expect(lean.thread()).toEqual(plain.thread());
  });

  it('[S8] gets a frame of text that would be read as one, or cannot travel by itself', async () => {
    const { harness, lean, call } = await asked();
    for (const text of ['{"type":"done"}', '\ud83d', '\ude00!']) {
      await call.token(text);
      await harness.clock.advance(33);
    }
    const texts = lean.socket.texts.slice(3);
    expect(texts.map((text) => text.slice(0, 15))).toEqual(Array(3).fill('{"type":"token"'));
    expect(lean.thread().run?.text).toBe('{"type":"done"}😀!');
  });

  it('[S8] [H5] goes on from what its greeting told it', async () => {
    const { harness, lean, call } = await asked();
    await call.token('One, ');
    lean.leave();
    await harness.clock.advance(33);
    await call.token('two, ');
    const known = lean.thread();
    const cursor = { gen: 0, last: 'q-1', run: known.run?.messageId ?? '', off: 5 };
    const back = await harness.connect({ lean: true, cursor });
    await harness.clock.advance(33);
    await call.token('three');
    await call.end();
    expect(typesOf(back.frames)).toEqual([
      ...['history', 'streaming true', 'token', 'token', 'end', 'streaming false'],
    ]);
    expect(back.thread(known).messages.at(-1)?.content).toBe('One, two, three');
  });

  it('[S8] [R1] is told the text of an answer that a restart has made shorter', async () => {
    const { harness, lean, call } = await asked();
    await call.token('stored');
    await harness.clock.advance(300);
    await call.token(' and seen');
    await harness.kill({ socketsSurvive: true });
    await lean.send({ type: 'history' });
    const { messageId = '' } = lean.framesOf('token')[0] ?? {};
    expect(lean.framesOf('done')).toMatchObject([
      { messageId, fullContent: 'stored', status: 'interrupted' },
    ]);
    expect(lean.thread().messages.at(-1)?.content).toBe('stored');
  });

  it('[S8] [S6] is told the whole end of an answer that a clear has cut', async () => {
    const { lean, call } = await asked();
    await call.token('One');
    await call.token(', two');
    await lean.send({ type: 'clear' });
    expect(typesOf(lean.frames).slice(-3)).toEqual(['done', 'streaming false', 'history']);
  });

  it('[S8] [S3] knows the same as the others, however the answer is cut into tokens', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = new SeededRandom(seed);
      const { harness, lean, plain, call } = await asked();
      const answer = `${HARD_TEXT}{}"\\ \u0000${HARD_TEXT}`;
      for (let from = 0; from < answer.length;) {
        const to = from + 1 + random.below(12);
        await call.token(answer.slice(from, to));
        await harness.clock.advance(random.below(50));
        from = to;
      }
      await (random.below(2) === 0 ? call.end() : call.fail({ code: 'upstream_failed' }));
      expect({ seed, thread: lean.thread() }).toEqual({ seed, thread: plain.thread() });
      expect(lean.thread().messages.at(-1)?.content).toBe(answer);
    }
  });

  it('[S8] [S7] owes what it was sent, not what others were', async () => {
    const { harness, lean, plain, call } = await asked();
    plain.acknowledges = true;
    for (let piece = 0; piece < 8; piece += 1) {
      await call.token('x'.repeat(30_000));
      await harness.clock.advance(40);
    }
    await call.end();
    expect(lean.socket.texts.reduce((chars, text) => chars + text.length, 0)).toBeLessThan(241_000);
    expect(lean.socket.closed).toBeUndefined();
  });
});
