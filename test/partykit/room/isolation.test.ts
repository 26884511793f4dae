/** One client's trouble is nobody else's. */
import { describe, expect, it } from 'vitest';
import { FULL_ACCESS } from '../../../partykit/room/session.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

async function room() {
  const harness = new RoomHarness();
  return { harness, ana: await harness.connect(), ben: await harness.connect() };
}

describe('a socket that is gone', () => {
  it('[F33] does not keep the others from their frames', async () => {
    const { harness, ana, ben } = await room();
    ana.socket.gone = true;
    await ben.ask('question', 'q-1');
    await harness.upstream.call.token('answer');
    await harness.upstream.call.end();
    expect(typesOf(ben.frames)).toEqual([
      'history',
      'message',
      'streaming true',
      'token',
      'done',
      'streaming false',
    ]);
    expect(harness.events('send_failed').length).toBeGreaterThan(0);
  });

  it('does not stop what its client asked for', async () => {
    const { harness, ana, ben } = await room();
    ana.socket.gone = true;
    await ana.ask('last words', 'q-1');
    expect(ben.framesOf('message')).toMatchObject([{ content: 'last words' }]);
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('does not stop the room that greets it', async () => {
    const { harness, ben } = await room();
    const socket = (await harness.connect()).socket;
    socket.gone = true;
    await harness.room.connect(socket, { version: 1, lean: false, cursor: undefined }, FULL_ACCESS);
    await ben.ask('question', 'q-1');
    expect(harness.upstream.calls).toHaveLength(1);
  });

  it('is no matter when it left in the middle of its own request', async () => {
    const { harness, ana, ben } = await room();
    const asking = ana.ask('question', 'q-1');
    ana.leave();
    await asking;
    expect(typesOf(ana.frames)).toEqual(['history']);
    expect(ben.framesOf('message')).toHaveLength(1);
    expect(harness.log.filter(({ event }) => event === 'room_bug')).toEqual([]);
  });
});

describe('a frame that is not right', () => {
  it.each([
    ['malformed', '{"type":"message"}', 'bad_frame'],
    ['no JSON', 'hello', 'bad_frame'],
    ['binary', new ArrayBuffer(8), 'bad_frame'],
    ['too large', `{"type":"ping","x":"${'x'.repeat(65_536)}"}`, 'too_large'],
  ])(
    '[V2] [F36] [F38] is answered to its sender and changes nothing when it is %s',
    async (_what, text, code) => {
      const { harness, ana, ben } = await room();
      await ana.sendText(text);
      expect(ana.frames.slice(1)).toMatchObject([{ type: 'error', code, retryable: false }]);
      expect(typesOf(ben.frames)).toEqual(['history']);
      expect(ana.socket.closed).toBeUndefined();
      await ana.ask('question', 'q-1');
      expect(harness.upstream.calls).toHaveLength(1);
    },
  );

  it('[V2] is ignored when its type is unknown', async () => {
    const { ana } = await room();
    await ana.sendText('{"type":"typing","who":"ana"}');
    expect(typesOf(ana.frames)).toEqual(['history']);
    expect(ana.socket.closed).toBeUndefined();
  });

  it('[S5] is answered with nothing of what it held', async () => {
    const { harness, ana } = await room();
    await ana.sendText('{"type":"message","content":{"c4n4ry":"c4n4ry"},"id":"c4n4ry"}');
    expect(JSON.stringify([ana.frames, harness.log])).not.toContain('c4n4ry');
  });
});

describe('frames that arrive together', () => {
  it('are taken in their order, one after the other', async () => {
    const { harness, ana } = await room();
    await Promise.all([
      ana.ask('one', 'q-1'),
      ana.send({ type: 'stop' }),
      ana.ask('two', 'q-2'),
      ana.send({ type: 'clear' }),
      ana.ask('three', 'q-3'),
    ]);
    expect(typesOf(ana.frames)).toEqual([
      'history',
      'message',
      'streaming true',
      'done',
      'streaming false',
      'message',
      'streaming true',
      'done',
      'streaming false',
      'history',
      'message',
      'streaming true',
    ]);
    expect(harness.upstream.calls.map(({ aborted }) => aborted)).toEqual([true, true, false]);
  });
});
