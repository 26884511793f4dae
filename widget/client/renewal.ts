/** Gets a newer token while the old one is still good, so that the connection goes on as it is (rule H7). */

/** So long before the end, or at half of what is left where that is less. */
const MARGIN_MS = 60_000;
/** The page could not give one: it is asked again, for as long as the old one lasts. */
const AGAIN_MS = 5_000;

/** A page may keep its tokens and give the same one again. */
const SOONEST_MS = 1_000;

export interface RenewalPorts {
  /** Asks the page. Rejects when it gives none. */
  readonly newToken: () => Promise<string>;
  readonly present: (token: string) => void;
}

export class Renewal {
  readonly #ports: RenewalPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked for on an earlier connection is of no use on this one. */
  #round = 0;

  constructor(ports: RenewalPorts) {
    this.#ports = ports;
  }

  /** `expiresInMs`: of the access that was just granted; undefined where it has no end. */
  plan(expiresInMs: number | undefined): void {
    this.stop();
    if (expiresInMs === undefined) return;
    this.#wait(Math.max(SOONEST_MS, expiresInMs - Math.min(MARGIN_MS, expiresInMs / 2)));
  }

  stop(): void {
    this.#round += 1;
    clearTimeout(this.#timer);
  }

  #wait(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#renew(), delayMs);
  }

  async #renew(): Promise<void> {
    const round = this.#round;
    try {
      const token = await this.#ports.newToken();
      if (round === this.#round) this.#ports.present(token);
    } catch {
      if (round === this.#round) this.#wait(AGAIN_MS);
    }
  }
}
