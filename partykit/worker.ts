/** The PartyServer adapter, for Cloudflare Workers: platform hooks to room calls. It decides nothing. */
import { DurableObject } from 'cloudflare:workers';
import {
  routePartykitRequest,
  Server,
  type Connection,
  type ConnectionContext,
  type WSMessage,
} from 'partyserver';
import { encodeFrame, parseConnectionQuery } from '#protocol';
import { admit } from './admission.ts';
import { answerHealth } from './health.ts';
import { answerMetrics } from './metrics/answer.ts';
import { ledgerOn } from './metrics/ledger-room.ts';
import { answerAsLedger, LEDGER_NAME, remoteLedger, type AskLedger } from './metrics/ledger-wire.ts';
import { PartySockets } from './party-sockets.ts';
import { refusedSocket } from './refused-socket.ts';
import { relayRoom } from './relay-room.ts';
import type { Room } from './room/room.ts';

/** Bound as `Main`, which makes the address `/parties/main/:room` (rule H1). */
export class IvyServer extends Server<Env> {
  static override readonly options = { hibernate: true };
  #sockets: PartySockets | undefined;
  #room: Room | undefined;

  override onStart(): void {
    // The platform answers heartbeats by itself, so that a page that only looks on does not keep the room awake.
    const pair = new WebSocketRequestResponsePair(
      encodeFrame({ type: 'ping' }),
      encodeFrame({ type: 'pong' }),
    );
    this.ctx.setWebSocketAutoResponse(pair);
  }

  override async onConnect(connection: Connection, { request }: ConnectionContext): Promise<void> {
    const { room, sockets } = this.#open();
    await room.connect(sockets.of(connection), parseConnectionQuery(new URL(request.url).searchParams));
  }

  override async onMessage(connection: Connection, message: WSMessage): Promise<void> {
    const { room, sockets } = this.#open();
    await room.receive(sockets.of(connection), message);
  }

  override onClose(connection: Connection): void {
    this.#open().sockets.forget(connection);
    // Else the closing handshake stays open until the room sleeps.
    connection.close();
  }

  #open(): { readonly room: Room; readonly sockets: PartySockets } {
    const sockets = (this.#sockets ??= new PartySockets(this.getConnections()));
    const parts = {
      roomName: this.name,
      variables: this.env,
      store: this.ctx.storage,
      sockets,
      askLedger: ledgerOf(this.env),
    };
    const room = (this.#room ??= relayRoom(parts));
    return { room, sockets };
  }
}

/** Bound as `Metrics`: one object that holds what all rooms have counted. */
export class IvyMetrics extends DurableObject<Env> {
  readonly #ledger = ledgerOn(this.ctx.storage);

  override fetch(request: Request): Promise<Response> {
    return answerAsLedger(request, this.#ledger);
  }
}

interface Env {
  readonly Main: DurableObjectNamespace<IvyServer>;
  readonly Metrics: DurableObjectNamespace<IvyMetrics>;
}

function ledgerOf({ Metrics }: Env): AskLedger {
  return (request) => Metrics.get(Metrics.idFromName(LEDGER_NAME)).fetch('http://ledger/', request);
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const routed = await routePartykitRequest(request, env, {
      onBeforeConnect: (incoming, lobby) => {
        const admitted = admit({
          url: incoming.url,
          party: lobby.className.toLowerCase(),
          room: lobby.name,
          connectionId: crypto.randomUUID(),
        });
        return admitted.ok ? new Request(admitted.value, incoming) : refusedSocket(admitted.failure);
      },
      onBeforeRequest: () => new Response('A room speaks WebSocket.\n', { status: 404 }),
    });
    return (
      routed ??
      answerHealth(request, env) ??
      (await answerMetrics(request, env, remoteLedger(ledgerOf(env)))) ??
      new Response('Not found\n', { status: 404 })
    );
  },
};
