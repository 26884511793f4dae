/** Days as a reader counts them: in their own time zone, and with names for the nearest two. */

const DAY_MS = 86_400_000;

/** The furthest that a `Date` reaches from the epoch; beyond it `Intl` throws. */
const DATE_MAX_MS = 8.64e15;

export class DayFormat {
  readonly locale: string;
  readonly #calendar: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #thisYear: Intl.DateTimeFormat;
  readonly #otherYear: Intl.DateTimeFormat;

  /** `timeZone`: an IANA name; by default the reader's. */
  constructor(locale: string, timeZone?: string) {
    const zone = timeZone === undefined ? {} : { timeZone };
    const date = { ...zone, day: 'numeric', month: 'long' } as const;
    this.locale = locale;
    this.#calendar = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      ...zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    this.#thisYear = new Intl.DateTimeFormat(locale, { ...date, weekday: 'long' });
    this.#otherYear = new Intl.DateTimeFormat(locale, { ...date, year: 'numeric' });
  }

  /**
   * What is written above a message, when the day begins with it; undefined when it does not. Times are milliseconds
   * since the epoch. `before` is that of the message above: a first one of today needs no date.
   */
  heading(timestamp: number, before: number | undefined, now: number): string | undefined {
    if (![timestamp, before ?? now, now].every((time) => Math.abs(time) <= DATE_MAX_MS)) return undefined;
    if (this.#calendar.format(timestamp) === this.#calendar.format(before ?? now)) return undefined;
    const day = this.#dateOf(timestamp);
    const today = this.#dateOf(now);
    const ago = (day.getTime() - today.getTime()) / DAY_MS;
    if (ago === 0 || ago === -1) {
      const [first = '', ...others] = this.#relative.format(ago, 'day');
      return first.toLocaleUpperCase(this.locale) + others.join('');
    }
    const isThisYear = day.getUTCFullYear() === today.getUTCFullYear();
    return (isThisYear ? this.#thisYear : this.#otherYear).format(timestamp);
  }

  /** The reader's calendar day, as midnight in UTC: there all days have the same length. */
  #dateOf(timestamp: number): Date {
    const parts = this.#calendar.formatToParts(timestamp);
    const [year, month, day] = ['year', 'month', 'day'].map((type) =>
      Number(parts.find((part) => part.type === type)?.value),
    );
    return new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day));
  }
}

/** Milliseconds from `now` to the reader's next midnight. */
export function untilMidnight(now: number): number {
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  return midnight.getTime() - now;
}
