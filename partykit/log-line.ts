/** One line for the operator, as JSON; a Worker's log is its console. */
import type { LogEntry } from './room/ports.ts';

/** All that is not plain ASCII: some of it ends lines, or turns them round, in whatever shows the log (A12). */
const NOT_ASCII = /[\u007f-\uffff]/g;

export function writeLogLine(entry: LogEntry): void {
  const line = JSON.stringify(entry).replace(
    NOT_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  // eslint-disable-next-line no-console -- the one place that writes there
  console.log(line);
}
