/** A connection that was refused stays so, whatever its client makes of that (rule H7). */
import { describe, expect, it } from 'vitest';
import { succeed, type ClientFrame } from '#protocol';
import { FULL_ACCESS, type Access } from '../../../partykit/room/session.ts';
import { RoomHarness, type RoomClient } from '../../support/room-harness.ts';

const MINUTE = 60_000;

const until = (harness: RoomHarness, ms: number): Access => ({
  ...FULL_ACCESS,
  expiresAt: harness.clock.now() + ms,
});

/** Its token has run out, and its end of the line stays open: closing takes both. */
async function expired(harness: RoomHarness): Promise<RoomClient> {
  const client = await harness.connect({}, until(harness, MINUTE));
  await harness.clock.advance(MINUTE);
  harness.room.rang();
  expect(client.socket.closed).toEqual({ code: 4401, reason: 'token_expired' });
  client.take();
  return client;
}

describe('a client that was refused and sends on', () => {
  it.each([
    { type: 'message', content: 'still here?', id: 'late' },
    { type: 'history' },
    { type: 'ping' },
    { type: 'auth', token: 'newer' },
  ] satisfies ClientFrame[])('[A4] is not heard, also when the room has slept since: %j', async (frame) => {
    const harness = new RoomHarness();
    const client = await expired(harness);
    await client.send(frame);
    await harness.kill({ socketsSurvive: true });
    await client.send(frame);
    expect(client.take()).toEqual([]);
    expect(harness.upstream.calls).toEqual([]);
  });

  it('[A4] hears nothing of what others say, also when the room has slept since', async () => {
    const harness = new RoomHarness();
    const client = await expired(harness);
    await harness.kill({ socketsSurvive: true });
    await (await harness.connect()).ask('question', 'q-1');
    await harness.upstream.call.token('secret');
    expect(client.take()).toEqual([]);
  });

  it('[A5] takes no place of those who may come', async () => {
    const harness = new RoomHarness({ rates: { connections: 2 } });
    await expired(harness);
    expect((await harness.connect()).socket.closed).toBeUndefined();
    await harness.kill({ socketsSurvive: true });
    expect((await harness.connect()).socket.closed).toBeUndefined();
    expect((await harness.connect()).socket.closed).toMatchObject({ code: 4429 });
  });
});

describe('a newer token', () => {
  it('[A4] that is found good after its connection was refused revives nothing, and sets no alarm', async () => {
    const harness = new RoomHarness({ rates: { connectionFrames: { burst: 1, perMinute: 1 } } });
    const client = await harness.connect({}, until(harness, MINUTE));
    harness.renewed = succeed(until(harness, 10 * MINUTE));
    const sent = [client.send({ type: 'auth', token: 'newer' })];
    // A flood, while the token is looked at.
    for (let frame = 0; frame < 4; frame += 1) sent.push(client.sendText('{'));
    expect(client.socket.closed).toEqual({ code: 4429, reason: 'rate_limited' });
    await Promise.all(sent);
    expect(client.framesOf('access')).toEqual([]);
    await harness.clock.advance(MINUTE);
    harness.alarmAt = undefined;
    harness.room.rang();
    expect(harness.alarmAt).toBeUndefined();
  });

  it('[A13] that names nobody does not take a person’s runs off their count', async () => {
    const subjects: (string | undefined)[] = [];
    const spend = (subject: string | undefined): Promise<number> => {
      subjects.push(subject);
      return Promise.resolve(0);
    };
    const harness = new RoomHarness({ budget: { spend } });
    const client = await harness.connect({}, { ...FULL_ACCESS, subject: 'an address' });
    await client.send({ type: 'auth', token: 'of nobody' });
    await client.ask('question', 'q-1');
    expect(subjects).toEqual(['an address']);
  });
});
