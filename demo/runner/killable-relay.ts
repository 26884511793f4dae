/** The demo's relay, which its page may kill to see what happens: it comes back at the same address, with what it stored. */
import {
  exitSentence,
  startRelay,
  type RelayOptions,
  type RelayProcess,
} from '../../partykit/local/relay-process.ts';

export interface KillableRelay {
  /** The one that runs, or ran last. */
  readonly process: RelayProcess;
  /** Resolves with one line when it has ended by itself, or does not come back. */
  readonly failure: Promise<string>;
  /**
   * What a power failure does, and then a start. Resolves when the relay answers again, with the ms that it did not; whoever
   * asks meanwhile gets the same.
   */
  kill(): Promise<number>;
  /** For good, also in the middle of a start. */
  stop(): Promise<void>;
}

/** @throws {StartError} as `startRelay` */
export async function startKillableRelay(options: RelayOptions): Promise<KillableRelay> {
  let running = await startRelay(options);
  const { port } = running;
  const ending = new AbortController();
  let rising: Promise<number> | undefined;
  let fail: (line: string) => void = () => undefined;
  const failure = new Promise<string>((resolve) => (fail = resolve));
  const watch = ({ exited }: RelayProcess): void => {
    void exited.then((exit) => {
      if (!exit.requested) fail(exitSentence(exit));
    });
  };
  watch(running);

  const fallAndRise = async (): Promise<number> => {
    const start = performance.now();
    await running.kill();
    try {
      running = await startRelay({ ...options, port, signal: ending.signal });
    } catch (error) {
      if (!ending.signal.aborted) fail(error instanceof Error ? error.message : String(error));
      throw error;
    }
    watch(running);
    return performance.now() - start;
  };
  return {
    get process() {
      return running;
    },
    failure,
    kill: () => (rising ??= fallAndRise().finally(() => (rising = undefined))),
    stop: async () => {
      ending.abort();
      await rising?.catch(() => undefined);
      await running.stop();
    },
  };
}
