import { describe, expect, it } from 'vitest';
import { RECEIPT_CHARS, UNREAD_MAX_CHARS } from '#protocol';
import { Backlog } from '../../../partykit/room/backlog.ts';
import { RoomHarness, typesOf } from '../../support/room-harness.ts';

const ping = (received: number) => ({ type: 'ping', received }) as const;

describe('a backlog', () => {
  it('[S7] [F48] is full when more than the limit has been sent and not read', () => {
    const backlog = new Backlog(1);
    backlog.broadcast(UNREAD_MAX_CHARS);
    expect(backlog.isFull).toBe(false);
    backlog.broadcast(1);
    expect(backlog.isFull).toBe(true);
  });

  it('[S7] is never full for a client that says what it has read', () => {
    const backlog = new Backlog(1);
    for (let sent = RECEIPT_CHARS; sent <= 40 * RECEIPT_CHARS; sent += RECEIPT_CHARS) {
      backlog.broadcast(RECEIPT_CHARS);
      backlog.heard(ping(sent));
      expect(backlog.isFull).toBe(false);
    }
  });

  it('[S7] fills for a client that reads, but ever more slowly than it is sent', () => {
    const backlog = new Backlog(1);
    for (let round = 1; round <= 4; round += 1) {
      backlog.broadcast(2 * RECEIPT_CHARS);
      backlog.heard(ping(round * RECEIPT_CHARS));
    }
    expect(backlog.isFull).toBe(false);
    backlog.broadcast(1);
    expect(backlog.isFull).toBe(true);
  });

  it('[S7] does not count what the client has asked for, however large it is', () => {
    const backlog = new Backlog(1);
    backlog.answered(20 * UNREAD_MAX_CHARS);
    backlog.broadcast(UNREAD_MAX_CHARS);
    expect(backlog.isFull).toBe(false);
  });

  it('[S7] begins anew when the room has slept and the client has not', () => {
    const backlog = new Backlog(1);
    backlog.heard(ping(100 * UNREAD_MAX_CHARS));
    backlog.broadcast(UNREAD_MAX_CHARS);
    expect(backlog.isFull).toBe(false);
  });

  it('[S7] of an original client is larger, and is emptied by whatever it sends', () => {
    const backlog = new Backlog(0);
    backlog.broadcast(8 * UNREAD_MAX_CHARS);
    expect(backlog.isFull).toBe(false);
    backlog.broadcast(1);
    expect(backlog.isFull).toBe(true);
    backlog.heard({ type: 'history' });
    expect(backlog.isFull).toBe(false);
  });
});

describe('a client that reads nothing', () => {
  /** 256 KiB an answer, told twice: as tokens, and with its end. */
  async function answers(
    harness: RoomHarness,
    asker: { ask(content: string): Promise<void> },
    count: number,
  ) {
    for (let answer = 0; answer < count; answer += 1) {
      await asker.ask(`question ${answer}`);
      for (let piece = 0; piece < 8; piece += 1) {
        await harness.upstream.call.token('x'.repeat(30_000));
        await harness.clock.advance(40);
      }
      await harness.upstream.call.end();
    }
  }

  it('[S7] [F48] [A9] is sent away in the middle of an answer, with a code that brings it back', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    const slow = await harness.connect();
    ana.acknowledges = true;
    await answers(harness, ana, 4);
    expect(slow.socket.closed).toEqual({ code: 1013, reason: 'too_slow' });
    expect(harness.events('client_slow')).toHaveLength(1);
    const sent = slow.frames.reduce((chars, frame) => chars + JSON.stringify(frame).length, 0);
    expect(sent).toBeGreaterThan(UNREAD_MAX_CHARS);
    expect(sent).toBeLessThan(UNREAD_MAX_CHARS + 300_000);
  });

  it('[F48] [H5] gets what it lacks in one piece when it comes back', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    const slow = await harness.connect();
    ana.acknowledges = true;
    await answers(harness, ana, 4);
    await ana.ask('one more');
    await harness.upstream.call.token('beginning');
    const back = await harness.connect();
    expect(typesOf(back.frames)).toEqual(['history', 'streaming true', 'token']);
    expect(back.thread().messages).toEqual(ana.thread().messages);
    expect(slow.frames.length).toBeLessThan(ana.frames.length);
  });

  it('[F48] [A9] keeps nobody else waiting', async () => {
    const harness = new RoomHarness();
    const ana = await harness.connect();
    const alone = new RoomHarness();
    const only = await alone.connect();
    await harness.connect();
    ana.acknowledges = only.acknowledges = true;
    await answers(harness, ana, 4);
    await answers(alone, only, 4);
    expect(typesOf(ana.frames)).toEqual(typesOf(only.frames));
    expect(ana.socket.closed).toBeUndefined();
  });
});
