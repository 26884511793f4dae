/** The PartyKit adapter: platform hooks to room calls. It decides nothing. */
import type * as Party from 'partykit/server';
import { PARTY, parseConnectionQuery } from '#protocol';
import { admit } from './admission.ts';
import { answerHealth } from './health.ts';
import { answerMetrics } from './metrics/answer.ts';
import { LEDGER_NAME, LEDGER_PARTY, remoteLedger, type AskLedger } from './metrics/ledger-wire.ts';
import { PartySockets } from './party-sockets.ts';
import { refusedSocket } from './refused-socket.ts';
import { relayRoom } from './relay-room.ts';
import type { Room } from './room/room.ts';

export default class IvyParty implements Party.Server {
  /** PartyKit 0.0.115 reads this from the instance and ignores a static one. */
  readonly options = { hibernate: true };
  readonly #party: Party.Room;
  #sockets: PartySockets | undefined;
  #room: Room | undefined;

  constructor(party: Party.Room) {
    this.#party = party;
  }

  static onBeforeConnect(request: Request, lobby: Party.Lobby): Request | Response {
    const { url } = request;
    const admitted = admit({ url, party: PARTY, room: lobby.id, connectionId: crypto.randomUUID() });
    return admitted.ok ? new Request(admitted.value, request) : refusedSocket(admitted.failure);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  static async onFetch(request: Request, lobby: Party.FetchLobby): Promise<Response> {
    return (
      answerHealth(request, lobby.env) ??
      (await answerMetrics(request, lobby.env, remoteLedger(ledgerOf(lobby)))) ??
      new Response('Not found\n', { status: 404 })
    );
  }

  async onConnect(connection: Party.Connection, { request }: Party.ConnectionContext): Promise<void> {
    const socket = this.#open().sockets.of(connection);
    await this.#open().room.connect(socket, parseConnectionQuery(new URL(request.url).searchParams));
  }

  async onMessage(message: string | ArrayBuffer | ArrayBufferView, sender: Party.Connection): Promise<void> {
    await this.#open().room.receive(this.#open().sockets.of(sender), message);
  }

  onClose(connection: Party.Connection): void {
    this.#open().sockets.forget(connection);
    // With hibernation PartyKit leaves the closing handshake open; the client would wait ten seconds for it.
    connection.close();
  }

  onError(connection: Party.Connection): void {
    this.#open().sockets.forget(connection);
  }

  #open(): { readonly room: Room; readonly sockets: PartySockets } {
    const sockets = (this.#sockets ??= new PartySockets(this.#party.getConnections()));
    const { id, env, storage, context } = this.#party;
    const parts = { roomName: id, variables: env, store: storage, sockets, askLedger: ledgerOf(context) };
    const room = (this.#room ??= relayRoom(parts));
    return { room, sockets };
  }
}

function ledgerOf({ parties }: Pick<Party.Context, 'parties'>): AskLedger {
  return async (request) => {
    const party = parties[LEDGER_PARTY];
    if (party === undefined) throw new Error('partykit.json has no metrics party');
    return party.get(LEDGER_NAME).fetch(request);
  };
}
