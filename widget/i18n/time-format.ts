/** When a message was sent, as short as it can be said: a time today, a date with it on other days. */

/** The furthest that a `Date` reaches from the epoch; beyond it `Intl` throws. */
const DATE_MAX_MS = 8.64e15;

export class TimeFormat {
  readonly locale: string;
  /** Made when they are used: browsers take milliseconds for each. */
  #time: Intl.DateTimeFormat | undefined;
  #dateAndTime: Intl.DateTimeFormat | undefined;

  constructor(locale: string) {
    this.locale = locale;
  }

  /** Empty for a time that no calendar has: a relay's mistake must not take the transcript with it. */
  short(timestamp: number, now = Date.now()): string {
    if (Math.abs(timestamp) > DATE_MAX_MS) return '';
    const sameDay = new Date(timestamp).toDateString() === new Date(now).toDateString();
    const time = { hour: 'numeric', minute: '2-digit' } as const;
    const format = sameDay
      ? (this.#time ??= new Intl.DateTimeFormat(this.locale, time))
      : (this.#dateAndTime ??= new Intl.DateTimeFormat(this.locale, {
          month: 'short',
          day: 'numeric',
          ...time,
        }));
    return format.format(timestamp);
  }

  /** For the `datetime` attribute. */
  machine(timestamp: number): string {
    return Math.abs(timestamp) > DATE_MAX_MS ? '' : new Date(timestamp).toISOString();
  }
}
