/** What a connection may do, and until when (rule H7). */
import { describe, expect, it } from 'vitest';
import { fail, succeed, type ClientFrame } from '#protocol';
import { refusal } from '../../../partykit/room/refusal.ts';
import { FULL_ACCESS, type Access } from '../../../partykit/room/session.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

const spectator: Access = { ...FULL_ACCESS, write: false };

describe('a spectator', () => {
  it('[H7] is told so in its greeting, and nobody else is told anything', async () => {
    const harness = new RoomHarness();
    const [reader, writer] = [await harness.connect({}, spectator), await harness.connect()];
    expect(reader.frames[0]).toMatchObject({ type: 'history', access: { write: false } });
    expect(writer.frames[0]).not.toHaveProperty('access');
  });

  it('[A2] sees the stream', async () => {
    const harness = new RoomHarness();
    const [reader, writer] = [await harness.connect({}, spectator), await harness.connect()];
    await writer.ask('question', 'q-1');
    await harness.upstream.call.token('answer');
    await harness.upstream.call.end();
    expect(typesOf(reader.frames)).toEqual([
      'history',
      'message',
      'streaming true',
      'token',
      'done',
      'streaming false',
    ]);
    await reader.send({ type: 'history' });
    await reader.send({ type: 'ping' });
    expect(typesOf(reader.take()).slice(-2)).toEqual(['history', 'pong']);
  });

  it.each([
    [{ type: 'message', content: 'mine', id: 'm-1' }, 'm-1'],
    [{ type: 'retry', messageId: 'q-1' }, 'q-1'],
    [{ type: 'stop' }, undefined],
    [{ type: 'clear' }, undefined],
  ] satisfies [ClientFrame, string | undefined][])('[A2] may not write: %j', async (frame, messageId) => {
    const harness = new RoomHarness();
    const [reader, writer] = [await harness.connect({}, spectator), await harness.connect()];
    await writer.ask('question', 'q-1');
    await harness.upstream.call.token('half');
    reader.take();
    await reader.send(frame);
    expect(reader.take()).toEqual([
      expect.objectContaining({
        type: 'error',
        code: 'forbidden',
        retryable: false,
        ...(messageId === undefined ? {} : { messageId }),
      }),
    ]);
    expect(harness.upstream.calls).toHaveLength(1);
    expect(harness.upstream.call.aborted).toBe(false);
    expect(writer.thread().messages).toHaveLength(1);
  });
});

describe('a token’s end', () => {
  const until = (harness: RoomHarness, ms: number): Access => ({
    ...FULL_ACCESS,
    expiresAt: harness.clock.now() + ms,
  });

  it('[H7] is told as a span, so that the clock of the client does not matter', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({}, until(harness, 300_000));
    expect(client.frames[0]).toMatchObject({ access: { write: true, expiresInMs: 300_000 } });
  });

  it('[A4] closes the connection, also one that neither says nor hears anything', async () => {
    const harness = new RoomHarness();
    const [first, second, forever] = [
      await harness.connect({}, until(harness, 60_000)),
      await harness.connect({}, until(harness, 90_000)),
      await harness.connect(),
    ];
    expect(harness.alarmAt).toBe(harness.clock.now() + 60_000);
    await harness.clock.advance(60_000);
    harness.room.rang();
    expect(first.socket.closed).toEqual({ code: 4401, reason: 'token_expired' });
    expect(first.take().at(-1)).toMatchObject({ type: 'error', code: 'unauthorized' });
    expect([second.socket.closed, forever.socket.closed]).toEqual([undefined, undefined]);
    expect(harness.alarmAt).toBe(harness.clock.now() + 30_000);
  });

  it('[A4] lets nothing through in either direction, even before the alarm rings', async () => {
    const harness = new RoomHarness();
    const [late, other] = [await harness.connect({}, until(harness, 1000)), await harness.connect()];
    await harness.clock.advance(1000);
    late.take();
    await other.ask('question', 'q-1');
    expect(typesOf(late.take())).toEqual(['error']);
    await late.ask('too late', 'q-2');
    expect(late.take()).toEqual([]);
    expect(other.thread().messages).toHaveLength(1);
  });

  it('[F41] leaves the run of an answer alone: it goes on for everyone else', async () => {
    const harness = new RoomHarness();
    const [late, other] = [await harness.connect({}, until(harness, 1000)), await harness.connect()];
    await late.ask('question', 'q-1');
    await harness.upstream.call.token('first ');
    await harness.clock.advance(1000);
    harness.room.rang();
    await harness.upstream.call.token('second');
    expect(harness.upstream.call.aborted).toBe(false);
    await harness.upstream.call.end();
    expect(other.thread().messages.at(-1)).toMatchObject({ content: 'first second', status: 'complete' });
  });

  it('[F41] is put off by a newer token, without a word to anybody else', async () => {
    const harness = new RoomHarness();
    const [client, other] = [await harness.connect({}, until(harness, 1000)), await harness.connect()];
    harness.renewed = succeed(until(harness, 600_000));
    other.take();
    client.take();
    await client.send({ type: 'auth', token: 'newer' });
    expect(client.take()).toEqual([{ type: 'access', write: true, expiresInMs: 600_000 }]);
    expect(other.take()).toEqual([]);
    await harness.clock.advance(1000);
    harness.room.rang();
    expect(client.socket.closed).toBeUndefined();
    expect(harness.alarmAt).toBe(harness.clock.now() + 599_000);
  });

  it('[F41] is now, for a newer token that is refused', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({}, until(harness, 60_000));
    harness.renewed = fail(refusal('unauthorized', 'token_invalid'));
    await client.send({ type: 'auth', token: 'bad' });
    expect(client.socket.closed).toEqual({ code: 4401, reason: 'token_invalid' });
    await client.ask('still here?', 'q-1');
    expect(harness.upstream.calls).toEqual([]);
  });

  it('[A2] can take the right to write away with it', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect({}, until(harness, 60_000));
    harness.renewed = succeed({ ...spectator, expiresAt: harness.clock.now() + 60_000 });
    await client.send({ type: 'auth', token: 'read only' });
    await client.ask('may I?', 'q-1');
    expect(client.take().at(-1)).toMatchObject({ type: 'error', code: 'forbidden', messageId: 'q-1' });
  });

  it('[H7] needs no alarm where there are no tokens, and none after the last of them has left', async () => {
    const harness = new RoomHarness();
    await harness.connect();
    expect(harness.alarmAt).toBeUndefined();
    const client = await harness.connect({}, until(harness, 1000));
    expect(harness.alarmAt).toBeDefined();
    client.leave();
    harness.room.left();
    expect(harness.alarmAt).toBeUndefined();
  });

  it('[H7] means nothing to a room that asks for no token', async () => {
    const harness = new RoomHarness();
    const client = await harness.connect();
    client.take();
    await client.send({ type: 'auth', token: 'any' });
    expect(client.take()).toEqual([{ type: 'access', write: true }]);
  });
});
