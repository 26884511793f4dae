/** The PartyKit adapter: platform hooks to room calls. It decides nothing. */
import type * as Party from 'partykit/server';
import { parseConnectionQuery } from '#protocol';
import { admit } from './admission.ts';
import { answerHealth } from './health.ts';
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
    const admitted = admit({ url: request.url, room: lobby.id, connectionId: crypto.randomUUID() });
    return admitted.ok ? new Request(admitted.value, request) : refusedSocket(admitted.failure);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  static onFetch(request: Request, lobby: Party.FetchLobby): Response {
    return answerHealth(request, lobby.env) ?? new Response('Not found\n', { status: 404 });
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
    const { id, env, storage } = this.#party;
    const room = (this.#room ??= relayRoom({ roomName: id, variables: env, store: storage, sockets }));
    return { room, sockets };
  }
}
