/** What a room of a relay reports, from its log to the ledger's object. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { add, NO_COUNTS } from '../../partykit/metrics/counts.ts';
import { REPORT_INTERVAL_MS } from '../../partykit/metrics/tally.ts';
import { relayRoom } from '../../partykit/relay-room.ts';
import { FULL_ACCESS, joining } from '../../partykit/room/session.ts';
import { MemoryKeyValueStore } from '../support/key-value-store.ts';

const asked: unknown[] = [];
const lines: string[] = [];

beforeEach(() => {
  asked.length = 0;
  lines.length = 0;
  vi.useFakeTimers();
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A client comes, and asks a relay that has no agent service. */
async function visit(variables: unknown): Promise<void> {
  const socket = {
    id: 'socket',
    session: joining(1, FULL_ACCESS),
    send: () => undefined,
    close: () => undefined,
  };
  const room = relayRoom({
    roomName: 'ivy_c4n4ry',
    variables,
    store: new MemoryKeyValueStore(),
    sockets: { get: () => socket, all: () => [socket], count: 1 },
    askLedger: (request) => {
      asked.push(request);
      return Promise.resolve(new Response(null, { status: 204 }));
    },
    askBudget: () => Promise.reject(new Error('there is no budget')),
    setAlarm: () => undefined,
  });
  await room.connect(socket, { version: 1, lean: false, cursor: undefined }, FULL_ACCESS);
  await room.receive(socket, '{"type":"message","content":"c4n4ry"}');
}

describe('a room', () => {
  it('counts nothing and reports nothing where metrics are off', async () => {
    await visit({});
    expect(lines.some((line) => line.includes('run_ended'))).toBe(true);
    await vi.advanceTimersByTimeAsync(REPORT_INTERVAL_MS * 10);

    expect(asked).toEqual([]);
  });

  it('reports numbers and codes and nothing else where they are on', async () => {
    await visit({ METRICS_TOKEN: 'c4n4ry-token-of-16' });
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(REPORT_INTERVAL_MS);

    const counts = add(NO_COUNTS, {
      connections: 1,
      runsStarted: 1,
      runsEnded: { failed: 1 },
      errors: { upstream_unconfigured: 1 },
    });
    expect(asked).toEqual([{ method: 'POST', body: JSON.stringify(counts) }]);
    expect(vi.getTimerCount()).toBe(0);
    expect(lines.join()).not.toContain('c4n4ry');
  });
});
