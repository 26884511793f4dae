/**
 * Where assistive technology listens: one polite and one assertive region for each part of the page that is heard by
 * itself, shared by all chats in it.
 *
 * They are in the page and not in the shadow root, because there Chrome does not reliably hear them
 * (umbraco/Umbraco-CMS#21028), and inside the dialog that the chat is in, because VoiceOver hears nothing from outside
 * (w3c/aria#1854, UI5/webcomponents#13613). `ariaNotify` is left for later: it would be a second way that nobody can
 * tell whether it was heard. Each text is an element that comes and goes, as in Bot Framework: so two texts can come
 * at once, the same one can come again, and nothing old is found while browsing.
 */

export type Urgency = 'polite' | 'assertive';

/** A region that comes together with its text is not read (nvaccess/nvda#14591): it has to be known before. */
const KNOWN_AFTER_MS = 250;

/** Taken up by then. */
const KEPT_MS = 1_000;

/** Seen by nobody and in nobody’s way, but drawn: what is not drawn is not heard. */
const UNSEEN =
  'position:fixed;inset:0 auto auto 0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;pointer-events:none';

export class LiveRegions {
  static readonly #all = new Map<Element, LiveRegions>();

  readonly #place: Element;
  readonly #speakers = new Set<object>();
  readonly #regions = { polite: newRegion('polite'), assertive: newRegion('assertive') };
  #known = Promise.resolve();

  private constructor(place: Element) {
    this.#place = place;
  }

  /** Those of a place; they stay there until the last speaker has left. */
  static join(place: Element, speaker: object): LiveRegions {
    const regions = this.#all.get(place) ?? new LiveRegions(place);
    this.#all.set(place, regions);
    regions.#speakers.add(speaker);
    regions.#settle();
    return regions;
  }

  leave(speaker: object): void {
    if (!this.#speakers.delete(speaker) || this.#speakers.size > 0) return;
    LiveRegions.#all.delete(this.#place);
    for (const region of Object.values(this.#regions)) region.remove();
  }

  /** What two chats say at the same moment, that the network is gone, is said once. `lang`: what it is spoken in. */
  async say(urgency: Urgency, text: string, lang: string): Promise<void> {
    await this.#known;
    if (this.#speakers.size === 0) return;
    const region = this.#regions[urgency];
    if ([...region.children].some(({ textContent }) => textContent === text)) return;
    const line = document.createElement('div');
    line.lang = lang;
    line.textContent = text;
    region.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }

  /** Pages that put their body together anew take the regions away with it. */
  #settle(): void {
    const own: readonly Element[] = Object.values(this.#regions);
    const missing = own.filter((region) => region.parentNode !== this.#place);
    if (missing.length === 0) return;
    // A page that is put together anew from a copy of itself has copies of them, which nobody would ever take away.
    for (const region of this.#place.querySelectorAll(':scope > [data-ivy-chat]')) {
      if (!own.includes(region)) region.remove();
    }
    this.#place.append(...missing);
    this.#known = new Promise((resolve) => {
      setTimeout(resolve, KNOWN_AFTER_MS);
    });
  }
}

function newRegion(urgency: Urgency): HTMLElement {
  const region = document.createElement('div');
  region.setAttribute('aria-live', urgency);
  region.dataset['ivyChat'] = urgency;
  region.style.cssText = UNSEEN;
  return region;
}
