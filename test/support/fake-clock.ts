/** Time that a test moves by hand. Like the platforms' timers, a delay past 2^31 - 1 ms fires at once. */
import type { Clock } from '../../partykit/room/ports.ts';

const LONGEST_DELAY_MS = 2_147_483_647;

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** Lets everything that is already decided happen: all promises, no time. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export class FakeClock implements Clock {
  #now = 1_750_000_000_000;
  #tasks: Task[] = [];

  now(): number {
    return this.#now;
  }

  schedule(delayMs: number, run: () => void): () => void {
    const task: Task = { at: this.#now + (delayMs > LONGEST_DELAY_MS ? 1 : delayMs), run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  get scheduled(): number {
    return this.#tasks.length;
  }

  /** As a process that is killed: nothing that was scheduled happens. */
  forgetAll(): void {
    this.#tasks = [];
  }

  /** Moves on, running what falls due in its order, and lets each task have its consequences. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let task = this.#takeDue(end); task !== undefined; task = this.#takeDue(end)) {
      this.#now = Math.max(this.#now, task.at);
      task.run();
      await turn();
    }
    this.#now = Math.max(this.#now, end);
    await turn();
  }

  /** Passes without a timer ringing, as on a machine that is busy with something else: they ring late. */
  stall(ms: number): void {
    this.#now += ms;
  }

  #takeDue(end: number): Task | undefined {
    const due = this.#tasks.reduce<Task | undefined>(
      (first, task) => (task.at <= end && (first === undefined || task.at < first.at) ? task : first),
      undefined,
    );
    if (due !== undefined) this.#tasks = this.#tasks.filter((task) => task !== due);
    return due;
  }
}
