/** An `IvyClient` on a fake socket and a fake clock. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { ServerFrame, ThreadMessage } from '#protocol';
import { IvyClient, type IvyClientOptions } from '../../widget/client/ivy-client.ts';
import { FakeWebSocket } from './fake-web-socket.ts';

/** Before and after each test of a file: a fake clock, the fake socket, and no client that is left running. */
export function useFakeRelay(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_750_000_000_000 });
    vi.stubGlobal('WebSocket', FakeWebSocket);
    FakeWebSocket.made = [];
  });

  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

const clients: IvyClient[] = [];

/** One call of one of the seven callbacks. */
export type Call = readonly [callback: string, ...values: unknown[]];

export interface WatchedClient {
  readonly client: IvyClient;
  readonly calls: Call[];
}

export function makeClient(options: Partial<IvyClientOptions> = {}): WatchedClient {
  const calls: Call[] = [];
  const client = new IvyClient({
    host: 'localhost:1999',
    threadId: 'thread-1',
    onMessage: (message) => calls.push(['message', message.content]),
    onToken: (content) => calls.push(['token', content]),
    onDone: (_id, content, status) => calls.push(['done', content, status]),
    onError: (_message, { code }) => calls.push(['error', code]),
    onHistory: (messages) => calls.push(['history', messages.length]),
    onStreamingChange: (isStreaming) => calls.push(['streaming', isStreaming]),
    onConnectionChange: (connected) => calls.push(['connection', connected]),
    ...options,
  });
  clients.push(client);
  return { client, calls };
}

/** Lets the promises and the timers without a delay happen; one that a timer sets falls due a millisecond later. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1);
}

type History = Extract<ServerFrame, { type: 'history' }>;

export function history(messages: readonly ThreadMessage[] = [], parts: Partial<History> = {}): History {
  return { type: 'history', messages: [...messages], gen: 0, mode: 'full', v: 1, ...parts };
}

/** Connected to a version-1 relay that has greeted. */
export async function connected(
  options: Partial<IvyClientOptions> = {},
  greeting: readonly ServerFrame[] = [history()],
): Promise<WatchedClient & { readonly socket: FakeWebSocket }> {
  const watched = makeClient(options);
  watched.client.connect();
  await settle();
  const socket = FakeWebSocket.last;
  socket.open();
  socket.receive(...greeting);
  return { ...watched, socket };
}

/** The next socket that the client makes after it lost one, opened. */
export async function reopened(): Promise<FakeWebSocket> {
  const before = FakeWebSocket.made.length;
  for (let waited = 0; FakeWebSocket.made.length === before && waited < 20_000; waited += 100) {
    await vi.advanceTimersByTimeAsync(100);
  }
  if (FakeWebSocket.made.length === before) throw new Error('the client did not come back within 20 s');
  const socket = FakeWebSocket.last;
  socket.open();
  return socket;
}

/** What an answered question looks like on the wire. */
export const runFrames = (messageId: string, text: string): readonly ServerFrame[] => [
  { type: 'streaming', isStreaming: true, messageId, gen: 0 },
  { type: 'token', content: text, messageId, offset: 0 },
  { type: 'done', messageId, fullContent: text, status: 'complete', timestamp: 2, gen: 0 },
  { type: 'streaming', isStreaming: false, messageId, gen: 0 },
];

/** The relay's acknowledgement. */
export const echo = (id: string, content: string): ServerFrame => ({
  type: 'message',
  id,
  role: 'user',
  content,
  timestamp: 1,
  status: 'complete',
  gen: 0,
});
