/** What `partykit dev` and `wrangler dev` print, line by line: their chatter told apart from what the relay has to say. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

export interface RelayLine {
  /**
   * `chatter`: PartyKit's banner, and its line for each request. `log`: the relay's own.
   * `error`: the first line of an error. `detail`: any other line on stderr, most often more of the error above it.
   */
  readonly kind: 'chatter' | 'log' | 'error' | 'detail';
  /** Without colours, and without PartyKit's mark. */
  readonly text: string;
}

const CHATTER =
  /^(\[pk:|\[wrangler:inf|Your Worker has access|Binding +Resource|env\.|Using secrets|🎈|-+$|⎔|Loading environment variables|Build succeeded)/u;
/**
 * What workerd writes, with a line of addresses, whenever a page that is left drops its socket; it says itself that it
 * is not worth a line. And the addresses after any other error, which only its makers can read.
 */
const WORKERD_CHATTER = /worker_do_not_log|^\s*stack:( \S+@[\da-f]+)+$/;
/** The platform's own errors may hold one, as it was asked for: with the thread in it, and the token (A12). */
const ROOM_ADDRESS = /(\/part(?:y|ies)\/)\S+/gi;
const MARK = '✘ [ERROR] ';
const ASSETS_FAILURE = 'Failed to start the assets build server';
const UNMARKED_ERRORS = ['Error reloading local server', ASSETS_FAILURE];

export function readRelayOutput(stdout: Readable, stderr: Readable, onLine: (line: RelayLine) => void): void {
  readLines(stdout, (text) => onLine({ kind: CHATTER.test(text) ? 'chatter' : 'log', text }));
  readLines(stderr, (text) => {
    const error = text.startsWith(MARK) ? text.slice(MARK.length) : text;
    onLine({ kind: kindOfError(text), text: error.replace(ROOM_ADDRESS, '$1…') });
  });
}

/** The port in PartyKit's line that says where it listens. */
export function announcedPort({ kind, text }: RelayLine): number | undefined {
  const port =
    kind === 'chatter'
      ? /^\[(?:pk:inf|wrangler:info)\] Ready on https?:\/\/.+:(\d+)$/.exec(text)?.[1]
      : undefined;
  return port === undefined ? undefined : Number(port);
}

/** The port that PartyKit, or workerd below it, found taken. */
export function takenPort({ kind, text }: RelayLine): number | undefined {
  const port = kind === 'error' ? /^Address already in use \(.*:(\d+)\)/.exec(text)?.[1] : undefined;
  return port === undefined ? undefined : Number(port);
}

/** The files beside the rooms will not be served: the port for them was taken, as far as is known. */
export function isAssetsFailure({ kind, text }: RelayLine): boolean {
  return kind === 'error' && text.startsWith(ASSETS_FAILURE);
}

function kindOfError(text: string): RelayLine['kind'] {
  if (WORKERD_CHATTER.test(text)) return 'chatter';
  return [MARK, ...UNMARKED_ERRORS].some((start) => text.startsWith(start)) ? 'error' : 'detail';
}

function readLines(stream: Readable, onText: (text: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    const text = stripVTControlCharacters(line).trimEnd();
    if (text !== '') onText(text);
  });
}
