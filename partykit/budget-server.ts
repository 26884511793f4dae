/** The PartyKit adapter of a subject's budget. It decides nothing. */
import type * as Party from 'partykit/server';
import { answerHandshake } from './admission/handshake.ts';
import { answerAsBudget, BUDGET_PARTY } from './budget/budget-wire.ts';
import { DayCount } from './budget/day-count.ts';

export default class IvyBudgetParty implements Party.Server {
  readonly #count: DayCount;

  constructor(party: Party.Room) {
    this.#count = new DayCount(party.storage, () => Date.now());
  }

  /** Asked for requests from outside only; those of rooms come straight to the object. */
  static onBeforeConnect(request: Request, lobby: Party.Lobby): Promise<Request | Response> {
    return answerHandshake(request, { party: BUDGET_PARTY, room: lobby.id }, lobby.env);
  }

  static onBeforeRequest(): Response {
    return new Response('A room speaks WebSocket.\n', { status: 404 });
  }

  onRequest(request: Party.Request): Promise<Response> {
    return answerAsBudget(request, this.#count);
  }
}
