/** When a message was sent: as short as it can be said, by its day, and for machines. In the reader's own time zone. */

const DAY_MS = 86_400_000;

export class TimeFormat {
  readonly locale: string;
  /** Made when they are used: browsers take milliseconds for each. */
  #time: Intl.DateTimeFormat | undefined;
  #dateAndTime: Intl.DateTimeFormat | undefined;
  #nearDay: Intl.RelativeTimeFormat | undefined;
  #dayOfThisYear: Intl.DateTimeFormat | undefined;
  #dayOfOtherYear: Intl.DateTimeFormat | undefined;

  constructor(locale: string) {
    this.locale = locale;
  }

  /**
   * A time today, a date with it on other days. Empty for a time that no calendar has: a relay's mistake must not take the
   * transcript with it.
   */
  short(timestamp: number, now = Date.now()): string {
    const day = dayOf(timestamp);
    if (Number.isNaN(day)) return '';
    const time = { hour: 'numeric', minute: '2-digit' } as const;
    const format =
      day === dayOf(now)
        ? (this.#time ??= new Intl.DateTimeFormat(this.locale, time))
        : (this.#dateAndTime ??= new Intl.DateTimeFormat(this.locale, {
            month: 'short',
            day: 'numeric',
            ...time,
          }));
    return format.format(timestamp);
  }

  /**
   * What is written above a message, when the day begins with it; undefined when it does not. Times are milliseconds
   * since the epoch. `before` is that of the message above: a first one of today needs no date.
   */
  heading(timestamp: number, before: number | undefined, now: number): string | undefined {
    const day = dayOf(timestamp);
    const above = dayOf(before ?? now);
    if (Number.isNaN(day + above) || day === above) return undefined;
    // Where clocks change a day is an hour longer or shorter.
    const ago = Math.round((day - dayOf(now)) / DAY_MS);
    if (ago === 0 || ago === -1) {
      this.#nearDay ??= new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
      const [first = '', ...others] = this.#nearDay.format(ago, 'day');
      return first.toLocaleUpperCase(this.locale) + others.join('');
    }
    const date = { day: 'numeric', month: 'long' } as const;
    const format =
      new Date(day).getFullYear() === new Date(now).getFullYear()
        ? (this.#dayOfThisYear ??= new Intl.DateTimeFormat(this.locale, { ...date, weekday: 'long' }))
        : (this.#dayOfOtherYear ??= new Intl.DateTimeFormat(this.locale, { ...date, year: 'numeric' }));
    return format.format(timestamp);
  }

  /** For the `datetime` attribute. */
  machine(timestamp: number): string {
    return Number.isNaN(dayOf(timestamp)) ? '' : new Date(timestamp).toISOString();
  }
}

/** When its day began; NaN where there is no such time. */
function dayOf(timestamp: number): number {
  return new Date(timestamp).setHours(0, 0, 0, 0);
}
