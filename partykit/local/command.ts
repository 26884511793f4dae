/**
 * The life of a command that runs until somebody ends it: start, wait, tidy up, exit code.
 * Ctrl-C and its kin end it cleanly, a second one at once; what was started is then killed by its lifeline
 * (lifeline.mjs).
 */
import { StartError } from './start-error.ts';

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What shells report for a program that Ctrl-C killed: 128 + SIGINT. */
const INTERRUPTED = 130;

/** What a command has started. */
export interface Running {
  /** Resolves with one line when a part of it has ended by itself; stays pending otherwise. */
  readonly failure: Promise<string>;
  stop(): Promise<void>;
}

/**
 * @param start gets a signal that aborts when the command is to end, also while it is starting
 * @returns the exit code: 0 after an end that was asked for, 1 after any other
 */
export async function runCommand(start: (signal: AbortSignal) => Promise<Running>): Promise<number> {
  const ending = new AbortController();
  const asked = new Promise<undefined>((resolve) => {
    for (const name of END_SIGNALS) {
      process.on(name, () => {
        if (ending.signal.aborted) process.exit(INTERRUPTED);
        ending.abort();
        resolve(undefined);
      });
    }
  });
  let running: Running;
  try {
    running = await start(ending.signal);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    if (error.code === 'aborted') return 0;
    report(error.message, ...error.detail);
    return 1;
  }
  const failure = await Promise.race([asked, running.failure]);
  if (failure !== undefined) report(failure);
  await running.stop();
  return failure === undefined ? 0 : 1;
}

function report(...lines: readonly string[]): void {
  console.error(lines.join('\n'));
}
