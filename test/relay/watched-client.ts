/** Our client as a page uses it, in Node, with what it has told the page and a way to await what it shows. */
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { WebSocket } from 'ws';
import { IvyClient } from '../../widget/client/ivy-client.ts';
import { Changes } from '../support/inbox.ts';

export interface Watched {
  readonly client: IvyClient;
  /** What the page was told, in order. */
  readonly told: {
    readonly tokens: string[];
    readonly errors: string[];
    readonly done: string[];
    readonly connected: boolean[];
    readonly histories: number[];
  };
  readonly until: (holds: (client: IvyClient) => boolean) => Promise<void>;
}

export const contents = ({ thread }: IvyClient): readonly string[] =>
  thread.messages.map(({ content }) => content);

export const isIdle = ({ thread, pending }: IvyClient): boolean =>
  thread.run === undefined && pending.length === 0;

/** The way to make clients; they are disconnected after each test. */
export function useClients(): (host: string, threadId: string) => Promise<Watched> {
  const clients: IvyClient[] = [];
  beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });
  afterAll(() => void vi.unstubAllGlobals());
  return async (host, threadId) => {
    const changes = new Changes();
    const told: Watched['told'] = { tokens: [], errors: [], done: [], connected: [], histories: [] };
    const client = new IvyClient({
      host,
      threadId,
      onToken: (content) => told.tokens.push(content),
      onError: (message) => told.errors.push(message),
      onDone: (_id, fullContent) => told.done.push(fullContent),
      onHistory: (messages) => told.histories.push(messages.length),
      onConnectionChange: (connected) => told.connected.push(connected),
      onUpdate: () => changes.notify(),
    });
    clients.push(client);
    const until: Watched['until'] = (holds) =>
      changes.until(
        () => holds(client),
        () =>
          JSON.stringify({
            connection: client.connection,
            thread: client.thread,
            pending: client.pending,
            told,
          }),
      );
    client.connect();
    await until(({ isConnected }) => isConnected);
    return { client, told, until };
  };
}
