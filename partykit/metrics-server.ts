/** The PartyKit adapter of the ledger. It decides nothing. */
import type * as Party from 'partykit/server';
import { admit } from './admission.ts';
import type { Ledger } from './metrics/ledger.ts';
import { ledgerOn } from './metrics/ledger-room.ts';
import { answerAsLedger, LEDGER_PARTY } from './metrics/ledger-wire.ts';
import { refusedSocket } from './refused-socket.ts';

export default class IvyMetricsParty implements Party.Server {
  readonly #ledger: Ledger;

  constructor(party: Party.Room) {
    this.#ledger = ledgerOn(party.storage);
  }

  /** Asked for requests from outside only; those of rooms come straight to the object. */
  static onBeforeConnect(request: Request, lobby: Party.Lobby): Request | Response {
    const { url } = request;
    const admitted = admit({ url, party: LEDGER_PARTY, room: lobby.id, connectionId: crypto.randomUUID() });
    return admitted.ok ? new Request(admitted.value, request) : refusedSocket(admitted.failure);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  onRequest(request: Party.Request): Promise<Response> {
    return answerAsLedger(request, this.#ledger);
  }
}
