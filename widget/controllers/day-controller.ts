/** Has its element drawn again when another day begins: "Today" is "Yesterday" then. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class DayController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.hostConnected();
    }, untilMidnight(Date.now()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}

/** Milliseconds from `now` to the reader's next midnight. */
export function untilMidnight(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0) - now;
}
