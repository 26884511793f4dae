/** Why a command of this project could not start: expected, and told in one line instead of a stack. */

export type StartErrorCode =
  /** A variable has a value that cannot be used. */
  | 'bad_variable'
  /** `.env` is there and cannot be read. */
  | 'unreadable_environment'
  /** Something else listens on the port, or the system does not give it. */
  | 'port_unavailable'
  /** PartyKit ended, reported an error, or did not answer in time. */
  | 'relay_failed'
  /** The widget could not be built. */
  | 'build_failed'
  /** The caller's signal asked to stop before the start was over. */
  | 'aborted';

export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;
  /** Further lines for whoever looks into it: the end of a program's error output. */
  readonly detail: readonly string[];

  /** @param message one line, fit to be printed as it is. */
  constructor(
    code: StartErrorCode,
    message: string,
    options: { detail?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.detail = options.detail ?? [];
  }
}
