/** One line for the operator, as JSON; a Worker's log is its console. */
import type { LogEntry } from './room/ports.ts';

export function writeLogLine(entry: LogEntry): void {
  // eslint-disable-next-line no-console -- the one place that writes there
  console.log(JSON.stringify(entry));
}
