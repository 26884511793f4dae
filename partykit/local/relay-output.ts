/** What `partykit dev` prints, line by line: its own chatter told apart from what the relay has to say. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

export interface RelayLine {
  /** `chatter`: PartyKit's banner and its line for each request. `log`: the relay's own. `error`: anything on stderr. */
  readonly kind: 'chatter' | 'log' | 'error';
  /** One line without colours. */
  readonly text: string;
}

const CHATTER = /^(\[pk:|🎈|-+$|⎔|Loading environment variables|Build succeeded)/u;
const ERROR_MARK = /^✘ \[ERROR\] /;

export function readRelayOutput(stdout: Readable, stderr: Readable, onLine: (line: RelayLine) => void): void {
  readLines(stdout, (text) => onLine({ kind: CHATTER.test(text) ? 'chatter' : 'log', text }));
  readLines(stderr, (text) => onLine({ kind: 'error', text: text.replace(ERROR_MARK, '') }));
}

/** The port in PartyKit's line that says where it listens. */
export function announcedPort(line: RelayLine): number | undefined {
  const port = line.kind === 'chatter' ? /^\[pk:inf\] Ready on https?:\/\/.+:(\d+)$/.exec(line.text)?.[1] : undefined;
  return port === undefined ? undefined : Number(port);
}

function readLines(stream: Readable, onText: (text: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    const text = stripVTControlCharacters(line).trimEnd();
    if (text !== '') onText(text);
  });
}
