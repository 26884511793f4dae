/** What a relay asks of those who knock, as configured. */
import type { AllowedOrigins } from './allowed-origins.ts';
import type { TokenRules } from './token-verifier.ts';

export interface Door {
  /** Undefined where nobody has named the pages. */
  readonly origins: AllowedOrigins | undefined;
  /** Undefined where no token is asked for: then the thread's id is the key. */
  readonly tokens: TokenRules | undefined;
}
