/** The PartyKit adapter of the ledger. It decides nothing. */
import type * as Party from 'partykit/server';
import { answerHandshake } from './admission/handshake.ts';
import type { Ledger } from './metrics/ledger.ts';
import { ledgerOn } from './metrics/ledger-room.ts';
import { answerAsLedger, LEDGER_PARTY } from './metrics/ledger-wire.ts';

export default class IvyMetricsParty implements Party.Server {
  readonly #ledger: Ledger;

  constructor(party: Party.Room) {
    this.#ledger = ledgerOn(party.storage);
  }

  /** Asked for requests from outside only; those of rooms come straight to the object. */
  static onBeforeConnect(request: Request, lobby: Party.Lobby): Promise<Request | Response> {
    return answerHandshake(request, { party: LEDGER_PARTY, room: lobby.id }, lobby.env);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  onRequest(request: Party.Request): Promise<Response> {
    return answerAsLedger(request, this.#ledger);
  }
}
