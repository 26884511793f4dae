/** The PartyKit adapter: platform hooks to room calls. It decides nothing. */
import type * as Party from 'partykit/server';
import { PARTY, parseConnectionQuery } from '#protocol';
import { parseAccess } from './admission/access-query.ts';
import { answerHandshake } from './admission/handshake.ts';
import { doorOf } from './admission/keeper.ts';
import { BUDGET_PARTY, type AskBudget } from './budget/budget-wire.ts';
import { answerHealth } from './health.ts';
import { answerMetrics } from './metrics/answer.ts';
import { LEDGER_NAME, LEDGER_PARTY, remoteLedger, type AskLedger } from './metrics/ledger-wire.ts';
import { PartySockets } from './party-sockets.ts';
import { relayRoom } from './relay-room.ts';
import type { Room } from './room/room.ts';
import { answerEmbed } from './served/embed-page.ts';
import { answerFile } from './served/file.ts';

export default class IvyParty implements Party.Server {
  /** PartyKit 0.0.115 reads this from the instance and ignores a static one. */
  readonly options = { hibernate: true };
  readonly #party: Party.Room;
  #sockets: PartySockets | undefined;
  #room: Room | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(party: Party.Room) {
    this.#party = party;
  }

  static onBeforeConnect(request: Request, lobby: Party.Lobby): Promise<Request | Response> {
    return answerHandshake(request, { party: PARTY, room: lobby.id }, lobby.env);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  static async onFetch(request: Request, lobby: Party.FetchLobby): Promise<Response> {
    return (
      answerHealth(request, lobby.env) ??
      (await answerMetrics(request, lobby.env, remoteLedger(ledgerOf(lobby)))) ??
      (await answerEmbed(request, () => doorOf(lobby.env))) ??
      (await answerFile(request, (path) => lobby.assets.fetch(path))) ??
      new Response('Not found\n', { status: 404 })
    );
  }

  async onConnect(connection: Party.Connection, { request }: Party.ConnectionContext): Promise<void> {
    const socket = this.#open().sockets.of(connection);
    const query = new URL(request.url).searchParams;
    await this.#open().room.connect(socket, parseConnectionQuery(query), parseAccess(query));
  }

  async onMessage(message: string | ArrayBuffer | ArrayBufferView, sender: Party.Connection): Promise<void> {
    await this.#open().room.receive(this.#open().sockets.of(sender), message);
  }

  onClose(connection: Party.Connection): void {
    this.#leave(connection);
    // With hibernation PartyKit leaves the closing handshake open; the client would wait ten seconds for it.
    connection.close();
  }

  onError(connection: Party.Connection): void {
    this.#leave(connection);
  }

  #leave(connection: Party.Connection): void {
    const { room, sockets } = this.#open();
    sockets.forget(connection);
    room.left();
  }

  #open(): { readonly room: Room; readonly sockets: PartySockets } {
    const sockets = (this.#sockets ??= new PartySockets(this.#party.getConnections()));
    const { id, env, storage, context } = this.#party;
    const room = (this.#room ??= relayRoom({
      roomName: id,
      variables: env,
      store: storage,
      sockets,
      askLedger: ledgerOf(context),
      askBudget: budgetsOf(context),
      setAlarm: (at) => this.#setTimer(at),
    }));
    return { room, sockets };
  }

  /** A timer, because PartyKit's alarms lose the room's name; a room that it keeps awake costs nothing here. */
  #setTimer(at: number | undefined): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    if (at !== undefined) this.#timer = setTimeout(() => this.#open().room.rang(), at - Date.now());
  }
}

function ledgerOf({ parties }: Pick<Party.Context, 'parties'>): AskLedger {
  return async (request) => {
    const party = parties[LEDGER_PARTY];
    if (party === undefined) throw new Error('partykit.json has no metrics party');
    return party.get(LEDGER_NAME).fetch(request);
  };
}

function budgetsOf({ parties }: Pick<Party.Context, 'parties'>): AskBudget {
  return async (subject, request) => {
    const party = parties[BUDGET_PARTY];
    if (party === undefined) throw new Error('partykit.json has no budget party');
    return party.get(subject).fetch(request);
  };
}
