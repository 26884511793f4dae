/** The voice of one chat: finds the live regions that are heard where it is, and is quiet where it is told to be. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nearest } from '../nearest.ts';
import { LiveRegions, type Urgency } from './live-regions.ts';

interface AnnouncerHost extends ReactiveControllerHost, Element {}

export class Announcer implements ReactiveController {
  readonly #host: AnnouncerHost;
  readonly #ownDialog: () => Element | null;
  #regions: LiveRegions | undefined;

  /** `ownDialog`: what of the chat itself keeps everything around it from being heard; null while nothing does. */
  constructor(host: AnnouncerHost, ownDialog: () => Element | null) {
    this.#host = host;
    this.#ownDialog = ownDialog;
    host.addController(this);
  }

  /** `polite` waits for the reader to finish what they are hearing; `assertive` interrupts, for what did not work. */
  say(urgency: Urgency, text: string, lang: string): void {
    if (text === '' || !this.#host.isConnected) return;
    this.#join();
    void this.#regions?.say(urgency, text, lang);
  }

  /** Comes after each move as well. */
  hostUpdated(): void {
    if (this.#host.isConnected) this.#join();
  }

  /** A moved element is back before the task is over. */
  hostDisconnected(): void {
    setTimeout(() => {
      if (this.#host.isConnected) return;
      this.#regions?.leave(this);
      this.#regions = undefined;
    });
  }

  #join(): void {
    const place = this.#ownDialog() ?? nearest(this.#host, 'dialog, [aria-modal=true]') ?? document.body;
    const regions = LiveRegions.join(place, this);
    if (regions === this.#regions) return;
    this.#regions?.leave(this);
    this.#regions = regions;
  }
}
