/** Why somebody was not let in: what the client reads, and what the operator reads. */
import type { CLOSE_CODES } from '#protocol';
import { errorFrame } from '../room/error-frame.ts';
import { refusal, type Refusal } from '../room/refusal.ts';
import type { TokenFailure } from './token-verifier.ts';

export interface Denial extends Refusal {
  /** What to look at; nothing secret. */
  readonly hint: string;
}

export type DenialReason =
  'bad_thread' | 'origin' | 'guessable_thread' | 'misconfigured' | `token_${TokenFailure}`;

interface Words {
  readonly why: keyof typeof CLOSE_CODES;
  /** For the developer of the page. */
  readonly message: string;
  readonly hint: string;
}

const FORBIDDEN = 'forbidden';
const UNAUTHORIZED = 'unauthorized';

const WORDS: Readonly<Record<Exclude<DenialReason, 'misconfigured' | 'token_unavailable'>, Words>> = {
  bad_thread: {
    why: 'badThread',
    message: 'A thread id has 1 to 128 letters, digits, hyphens and underscores.',
    hint: 'the address names no thread',
  },
  origin: {
    why: FORBIDDEN,
    message:
      'Pages of this origin may not open conversations here. The relay’s ALLOWED_ORIGINS names those that may.',
    hint: 'add the origin to ALLOWED_ORIGINS if the page is yours',
  },
  guessable_thread: {
    why: FORBIDDEN,
    message: 'Without tokens, a thread id has to be one that nobody can guess, such as a UUID.',
    hint: 'use random ids, or tokens (IVY_JWT_SECRET, IVY_JWKS_URL)',
  },
  token_missing: {
    why: UNAUTHORIZED,
    message: 'This relay asks for a token: set token or getToken.',
    hint: 'the page sent no token',
  },
  token_invalid: {
    why: UNAUTHORIZED,
    message: 'The token is not one that this relay accepts.',
    hint: 'check the key (IVY_JWT_SECRET, IVY_JWKS_URL), IVY_JWT_ISSUER, IVY_JWT_AUDIENCE, the claims thread and exp, and that exp is at most an hour away',
  },
  token_expired: {
    why: UNAUTHORIZED,
    message: 'The token has expired.',
    hint: 'the page has to ask for a new token: getToken',
  },
  token_other_thread: {
    why: FORBIDDEN,
    message: 'The token is for another thread.',
    hint: 'the claim thread has to be the thread-id of the page',
  },
};

/** Trying again helps, once the operator has done something. */
const TRY_AGAIN = 1013;

export function denial(reason: DenialReason): Denial {
  if (reason === 'misconfigured' || reason === 'token_unavailable') {
    const message = 'The relay cannot check at the moment who may enter.';
    const hint =
      reason === 'misconfigured' ? 'nobody is let in until it is mended' : 'IVY_JWKS_URL could not be read';
    const frame = { ...errorFrame(UNAUTHORIZED), message, retryable: true };
    return { frame, code: TRY_AGAIN, reason, hint };
  }
  const { why, message, hint } = WORDS[reason];
  const { frame, code } = refusal(why, reason);
  return { frame: { ...frame, message }, code, reason, hint };
}
