/**
 * Finds a line that died without a word: a ping after a silence, and a limit on the answer. Together they find it
 * within 30 s. Only for relays that know `ping` (version 1).
 */

const SILENCE_MS = 20_000;
const ANSWER_MS = 8_000;

export interface HeartbeatPorts {
  readonly ping: () => void;
  readonly dead: () => void;
}

export class Heartbeat {
  readonly #ports: HeartbeatPorts;
  #heardAt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #answer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: HeartbeatPorts) {
    this.#ports = ports;
  }

  /** Anything that arrives is life. Cheap: it is called for every frame. */
  heard(): void {
    this.#heardAt = performance.now();
    if (this.#answer !== undefined) {
      clearTimeout(this.#answer);
      this.#answer = undefined;
    }
    if (this.#silence === undefined) this.#wait(SILENCE_MS);
  }

  /** Something was sent that is always answered. */
  expectAnswer(): void {
    this.#answer ??= setTimeout(() => {
      this.stop();
      this.#ports.dead();
    }, ANSWER_MS);
  }

  stop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#answer);
    this.#silence = this.#answer = undefined;
  }

  #wait(delayMs: number): void {
    this.#silence = setTimeout(() => {
      const left = this.#heardAt + SILENCE_MS - performance.now();
      if (left <= 0) {
        this.#ports.ping();
        this.expectAnswer();
      }
      this.#wait(left > 0 ? left : SILENCE_MS);
    }, delayMs);
  }
}
