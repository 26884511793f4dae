/** How much a connection and a thread may ask for (rule C6). */
import { UNLIMITED, type Rate } from './token-bucket.ts';

export interface Rates {
  /** Frames of one connection, whatever they hold. */
  readonly connectionFrames: Rate;
  /** Of them, those that cost the agent service something: `message` and `retry`. */
  readonly connectionSends: Rate;
  /** What all connections of a thread ask of its room; heartbeats cost nothing. */
  readonly threadRequests: Rate;
  readonly threadSends: Rate;
  /** UTF-16 code units that are told to single clients: greetings and histories, read or not. */
  readonly threadAnswers: Rate;
  /** Sockets of one thread. */
  readonly connections: number;
}

export interface RateSettings {
  readonly messagesPerMinute: number;
  readonly framesPerMinute: number;
  readonly connections: number;
}

export const DEFAULT_RATE_SETTINGS: RateSettings = {
  messagesPerMinute: 10,
  framesPerMinute: 120,
  connections: 32,
};

/** Some hundred pages of a common thread, or five of answers that are all as long as they may be. */
const ANSWERS_CHARS_PER_MINUTE = 64 * 1024 * 1024;

/** A thread may do more than one of its connections, so that none can use up what is there for the others. */
export function ratesOf({ messagesPerMinute, framesPerMinute, connections }: RateSettings): Rates {
  const of = (perMinute: number, burst = perMinute): Rate => ({ burst, perMinute });
  return {
    connectionFrames: of(framesPerMinute, Math.ceil(framesPerMinute / 2)),
    connectionSends: of(messagesPerMinute),
    threadRequests: of(5 * framesPerMinute),
    threadSends: of(2 * messagesPerMinute),
    threadAnswers: of(ANSWERS_CHARS_PER_MINUTE),
    connections,
  };
}

export const NO_RATES: Rates = {
  connectionFrames: UNLIMITED,
  connectionSends: UNLIMITED,
  threadRequests: UNLIMITED,
  threadSends: UNLIMITED,
  threadAnswers: UNLIMITED,
  connections: Number.POSITIVE_INFINITY,
};
