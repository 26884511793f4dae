/**
 * Who may pull the runner's levers: pages that this very server has served. The server listens on this machine alone, but every
 * page that is open here can send requests to it, and a name of its owner's that leads here (DNS rebinding) can read it.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const TOKEN_HEADER = 'x-ivy-runner';

export class RunnerDoor {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #hosts: readonly string[];

  /** @param port that the server listens on */
  constructor(port: number) {
    this.#hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  }

  /** For the pages of this request; empty when it was asked for by a name that is not this machine's own. */
  tokenFor({ headers }: IncomingMessage): string {
    return this.#isOwn(headers.host) ? this.#token : '';
  }

  admits({ method, headers }: IncomingMessage): boolean {
    const { host, origin } = headers;
    const token = headers[TOKEN_HEADER];
    return (
      method === 'POST' &&
      this.#isOwn(host) &&
      origin === `http://${host ?? ''}` &&
      typeof token === 'string' &&
      isSame(token, this.#token)
    );
  }

  #isOwn(host: string | undefined): boolean {
    return host !== undefined && this.#hosts.includes(host);
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
