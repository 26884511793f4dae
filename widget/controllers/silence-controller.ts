/**
 * Notices that an answer has been silent. Agents run tools for minutes without a word, so silence is normal, but the
 * reader must see that work goes on and for how long. No timer runs while text flows, beyond the one that waits.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Shorter silences are ordinary thinking, and saying so would only be restless. */
export const SILENCE_MS = 10_000;
const TICK_MS = 1_000;

export class SilenceController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whole seconds of silence, once there is something to say about it. */
  get seconds(): number | undefined {
    if (this.#since === undefined) return undefined;
    const silence = performance.now() - this.#since;
    return silence < SILENCE_MS ? undefined : Math.floor(silence / TICK_MS);
  }

  /** There was a sign of life: silence begins again. */
  restart(): void {
    const wasTold = this.seconds !== undefined;
    this.#since = performance.now();
    this.#wait(SILENCE_MS);
    if (wasTold) this.#host.requestUpdate();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#since = undefined;
  }

  hostConnected(): void {
    if (this.#since !== undefined) this.#wait(TICK_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.#wait(TICK_MS);
    }, delayMs);
  }
}
