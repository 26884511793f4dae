/** The room's sockets on a PartyKit or PartyServer connection: the session lives in the connection's own state. */
import * as z from 'zod/mini';
import type { RoomSocket, Sockets } from './room/ports.ts';
import { FULL_ACCESS, joining, type Session } from './room/session.ts';

/** What both platforms' connections have. */
export interface PartyConnection {
  readonly id: string;
  readonly state: unknown;
  setState(state: Session): unknown;
  send(text: string): void;
  close(code: number, reason: string): void;
}

const sessionSchema = z.object({
  phase: z.enum(['joining', 'live', 'refused']),
  version: z.int().check(z.nonnegative()),
  lean: z._default(z.boolean(), false),
  access: z.object({
    write: z.boolean(),
    expiresAt: z.optional(z.number()),
    subject: z.optional(z.string()),
  }),
});

/** Of a connection whose session cannot be read: it has to come again before it is told or may do anything. */
const NOTHING = { ...FULL_ACCESS, write: false, expiresAt: 0 };

function sessionOf({ state }: PartyConnection): Session {
  const stored = sessionSchema.safeParse(state);
  if (!stored.success) return joining(0, NOTHING);
  const { access, ...session } = stored.data;
  return { ...session, access: { ...FULL_ACCESS, ...access } };
}

class PartySocket implements RoomSocket {
  readonly #connection: PartyConnection;
  #session: Session | undefined;

  constructor(connection: PartyConnection) {
    this.#connection = connection;
  }

  get id(): string {
    return this.#connection.id;
  }

  /** Read from the connection once after each wake. */
  get session(): Session {
    this.#session ??= sessionOf(this.#connection);
    return this.#session;
  }

  set session(session: Session) {
    this.#connection.setState(session);
    this.#session = session;
  }

  send(text: string): void {
    this.#connection.send(text);
  }

  close(code: number, reason: string): void {
    this.#connection.close(code, reason);
  }
}

export class PartySockets implements Sockets {
  readonly #sockets = new Map<string, RoomSocket>();

  /** `connections`: those that were open before the room slept. */
  constructor(connections: Iterable<PartyConnection>) {
    for (const connection of connections) this.of(connection);
  }

  of(connection: PartyConnection): RoomSocket {
    const known = this.#sockets.get(connection.id);
    if (known !== undefined) return known;
    const socket = new PartySocket(connection);
    this.#sockets.set(connection.id, socket);
    return socket;
  }

  forget(connection: PartyConnection): void {
    this.#sockets.delete(connection.id);
  }

  get(id: string): RoomSocket | undefined {
    return this.#sockets.get(id);
  }

  all(): Iterable<RoomSocket> {
    return this.#sockets.values();
  }

  get count(): number {
    return this.#sockets.size;
  }
}
