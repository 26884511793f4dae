/** The PartyServer adapter, for Cloudflare Workers: platform hooks to room calls. It decides nothing. */
import { DurableObject } from 'cloudflare:workers';
import {
  routePartykitRequest,
  Server,
  type Connection,
  type ConnectionContext,
  type WSMessage,
} from 'partyserver';
import { encodeFrame, PARTY, parseConnectionQuery } from '#protocol';
import { parseAccess } from './admission/access-query.ts';
import { answerHandshake } from './admission/handshake.ts';
import { doorOf } from './admission/keeper.ts';
import { answerAsBudget, BUDGET_PARTY, type AskBudget } from './budget/budget-wire.ts';
import { DayCount } from './budget/day-count.ts';
import { answerHealth } from './health.ts';
import { answerMetrics } from './metrics/answer.ts';
import { ledgerOn } from './metrics/ledger-room.ts';
import {
  answerAsLedger,
  LEDGER_NAME,
  LEDGER_PARTY,
  remoteLedger,
  type AskLedger,
} from './metrics/ledger-wire.ts';
import { PartySockets } from './party-sockets.ts';
import { relayRoom } from './relay-room.ts';
import type { Room } from './room/room.ts';
import { answerEmbed } from './served/embed-page.ts';

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
    const query = new URL(request.url).searchParams;
    await room.connect(sockets.of(connection), parseConnectionQuery(query), parseAccess(query));
  }

  override async onMessage(connection: Connection, message: WSMessage): Promise<void> {
    const { room, sockets } = this.#open();
    await room.receive(sockets.of(connection), message);
  }

  override onClose(connection: Connection): void {
    this.#leave(connection);
    // Else the closing handshake stays open until the room sleeps.
    connection.close();
  }

  /** A client broke the rules of the line. The platform's own answer would write the room's name into the log (A12). */
  override onError(connection: Connection): void {
    this.#leave(connection);
  }

  override onAlarm(): void {
    this.#open().room.rang();
  }

  #leave(connection: Connection): void {
    const { room, sockets } = this.#open();
    sockets.forget(connection);
    room.left();
  }

  #open(): { readonly room: Room; readonly sockets: PartySockets } {
    const sockets = (this.#sockets ??= new PartySockets(this.getConnections()));
    const parts = {
      roomName: this.name,
      variables: this.env,
      store: this.ctx.storage,
      sockets,
      askLedger: ledgerOf(this.env),
      askBudget: budgetsOf(this.env),
      setAlarm: (at: number | undefined) => {
        const { storage } = this.ctx;
        // One that is lost is made up for by the next frame in either direction.
        (at === undefined ? storage.deleteAlarm() : storage.setAlarm(at)).catch(() => undefined);
      },
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

/** Bound as `Budget`: one object for everybody whose runs are counted. */
export class IvyBudget extends DurableObject<Env> {
  readonly #count = new DayCount(this.ctx.storage, () => Date.now());

  override fetch(request: Request): Promise<Response> {
    return answerAsBudget(request, this.#count);
  }
}

interface Env {
  readonly Main: DurableObjectNamespace<IvyServer>;
  readonly Metrics: DurableObjectNamespace<IvyMetrics>;
  readonly Budget: DurableObjectNamespace<IvyBudget>;
}

function ledgerOf({ Metrics }: Env): AskLedger {
  return (request) => Metrics.get(Metrics.idFromName(LEDGER_NAME)).fetch('http://ledger/', request);
}

function budgetsOf({ Budget }: Env): AskBudget {
  return (subject, request) => Budget.get(Budget.idFromName(subject)).fetch('http://budget/', request);
}

/** The platform writes addresses that it does not know into the log, and they hold thread ids (A12). */
const PARTIES = new Set<string | undefined>([PARTY, LEDGER_PARTY, BUDGET_PARTY]);

function isElsewhere(request: Request): boolean {
  // The platform passes over empty parts.
  const [parties, party] = new URL(request.url).pathname.split('/').filter((part) => part !== '');
  return parties === 'parties' && !PARTIES.has(party);
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (isElsewhere(request)) return new Response('Not found\n', { status: 404 });
    const routed = await routePartykitRequest(request, env, {
      onBeforeConnect: (incoming, { className, name }) => {
        return answerHandshake(incoming, { party: className.toLowerCase(), room: name }, env);
      },
      onBeforeRequest: () => new Response('A room speaks WebSocket.\n', { status: 404 }),
    });
    return (
      routed ??
      answerHealth(request, env) ??
      (await answerMetrics(request, env, remoteLedger(ledgerOf(env)))) ??
      (await answerEmbed(request, () => doorOf(env))) ??
      new Response('Not found\n', { status: 404 })
    );
  },
};
