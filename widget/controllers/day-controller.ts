/** Names days, and has its element drawn again when another one begins: "Today" is "Yesterday" then. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { DayFormat, untilMidnight } from '../i18n/day-format.ts';

export class DayController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #format: DayFormat | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  format(locale: string): DayFormat {
    if (this.#format?.locale !== locale) this.#format = new DayFormat(locale);
    return this.#format;
  }

  hostConnected(): void {
    this.#wait();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.#wait();
    }, untilMidnight(Date.now()));
  }
}
