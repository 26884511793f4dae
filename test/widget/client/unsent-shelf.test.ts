import { describe, expect, it, vi } from 'vitest';
import type { PendingMessage } from '../../../widget/client/outbox.ts';
import { UnsentShelf } from '../../../widget/client/unsent-shelf.ts';
import { connected, echo, history, makeClient, settle, useFakeRelay } from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { MemoryKeyedStorage } from '../../support/keyed-storage.ts';

useFakeRelay();

const NOW = 1_750_000_000_000;
const MINUTE = 60_000;
const entry = (id: string, timestamp = NOW): PendingMessage => ({
  id,
  content: `text of ${id}`,
  timestamp,
  state: 'sending',
  code: undefined,
});

describe('the shelf of unsent messages', () => {
  it('[F21] has what another page left, oldest first', () => {
    const storage = new MemoryKeyedStorage();
    const shelf = new UnsentShelf(storage, 'ws://a');
    for (const [id, age] of [
      ['b', 1],
      ['a', 2],
      ['c', 0],
    ] as const)
      shelf.put(entry(id, NOW - age));
    shelf.remove('c');
    expect(new UnsentShelf(storage, 'ws://a').read(NOW)).toMatchObject([
      { id: 'a', state: 'sending' },
      { id: 'b', state: 'sending' },
    ]);
  });

  it('keeps threads and relays apart', () => {
    const storage = new MemoryKeyedStorage();
    new UnsentShelf(storage, 'ws://a/ivy_1').put(entry('a'));
    expect(new UnsentShelf(storage, 'ws://a/ivy_2').read(NOW)).toEqual([]);
    expect(new UnsentShelf(storage, 'ws://a/ivy').read(NOW)).toEqual([]);
  });

  it('does not send behind a back what is older than two minutes, and forgets what is older than a week', () => {
    const storage = new MemoryKeyedStorage();
    const shelf = new UnsentShelf(storage, 'ws://a');
    shelf.put(entry('fresh', NOW - 2 * MINUTE));
    shelf.put(entry('old', NOW - 2 * MINUTE - 1));
    shelf.put(entry('ancient', NOW - 8 * 24 * 60 * MINUTE));
    expect(shelf.read(NOW).map(({ id, state }) => [id, state])).toEqual([
      ['old', 'failed'],
      ['fresh', 'sending'],
    ]);
    expect(storage.length).toBe(2);
  });

  it.each([
    '',
    '{',
    'null',
    '{"id":"x"}',
    '{"id":"x","content":"","timestamp":1}',
    '{"id":"x","content":7,"timestamp":1}',
  ])('removes what it cannot read: %j', (value) => {
    const storage = new MemoryKeyedStorage();
    new UnsentShelf(storage, 'ws://a').put(entry('x'));
    storage.setItem(storage.key(0) ?? '', value);
    storage.setItem('of the page', value);
    expect(new UnsentShelf(storage, 'ws://a').read(NOW)).toEqual([]);
    expect(storage.key(0)).toBe('of the page');
  });

  it('[H11] [H12] breaks nothing where there is no storage, or it is full or forbidden', () => {
    const storage = new MemoryKeyedStorage();
    storage.broken = true;
    for (const shelf of [new UnsentShelf(undefined, 'ws://a'), new UnsentShelf(storage, 'ws://a')]) {
      shelf.put(entry('a'));
      shelf.remove('a');
      expect(shelf.read(NOW)).toEqual([]);
    }
  });
});

describe('a client with a shelf', () => {
  it('[F21] sends what the last page could not, under the same id, and takes it off when it is confirmed', async () => {
    const storage = new MemoryKeyedStorage();
    const first = makeClient({ storage });
    first.client.sendMessage('unsent');
    const id = first.client.pending[0]?.id ?? '';
    first.client.disconnect();
    const { client, socket } = await connected({ storage });
    expect(socket.sentOf('message')).toEqual([{ type: 'message', content: 'unsent', id, gen: 0 }]);
    expect(storage.length).toBe(1);
    socket.receive(echo(id, 'unsent'));
    expect(client.pending).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('[F21] sends again, once and under its id, what was on its way when the tab was closed', async () => {
    const storage = new MemoryKeyedStorage();
    const first = await connected({ storage });
    first.client.sendMessage('on its way');
    const [sent] = first.socket.sentOf('message');
    // A tab that is closed says nothing to anybody: its client just ends.
    const { client, socket } = await connected({ storage });
    expect(socket.sentOf('message')).toEqual([sent]);
    socket.receive(echo(sent?.id ?? '', 'on its way'));
    expect(client.pending).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('[F21] shows what is older as not sent, and sends it under its id when the person says so', async () => {
    const storage = new MemoryKeyedStorage();
    const first = await connected({ storage });
    first.client.sendMessage('left behind');
    const [sent] = first.socket.sentOf('message');
    vi.setSystemTime(Date.now() + 3 * MINUTE);
    const { client, socket } = await connected({ storage });
    expect(client.pending).toMatchObject([{ id: sent?.id, content: 'left behind', state: 'failed' }]);
    expect(socket.sent).toEqual([]);
    client.resend(sent?.id ?? '');
    expect(socket.sentOf('message')).toEqual([sent]);
  });

  it('[F21] does not send to an original relay what the last page may have sent already', async () => {
    const storage = new MemoryKeyedStorage();
    makeClient({ storage }).client.sendMessage('unsent');
    const { client } = makeClient({ storage });
    client.connect();
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.arrive('{"type":"history","messages":[]}');
    expect(FakeWebSocket.last.sent).toEqual([]);
    expect(client.pending).toMatchObject([{ state: 'failed' }]);
  });

  it('[F24] does not send what was meant for a thread that was cleared while it was away', async () => {
    const { client, socket } = await connected({}, [history([], { gen: 4 })]);
    socket.drop();
    client.sendMessage('about the old thread');
    await vi.advanceTimersByTimeAsync(20_000);
    FakeWebSocket.last.open();
    FakeWebSocket.last.receive(history([], { gen: 5 }));
    expect(FakeWebSocket.last.sent).toEqual([]);
    expect(client.pending).toMatchObject([{ state: 'failed', code: 'interrupted' }]);
  });
});
