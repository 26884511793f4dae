/**
 * The floating shape of the chat: opens and closes the panel, and does to the page around it what that takes. What lies
 * in the top layer cannot be clipped by the page; where focus was, it goes back to; on a phone the panel fills the
 * window, stays above the keyboard, and the page behind it does not move.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { whileConnected } from './while-connected.ts';

/** A window this small has no room for a page and a panel. */
const FULL_SCREEN = '(max-width: 480px), (max-height: 420px)';

interface PanelHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly launcher: boolean;
  open: boolean;
}

interface PanelCallbacks {
  changed(open: boolean): void;
  /** To where the reader writes. */
  focusInside(): void;
}

export class PanelController implements ReactiveController {
  readonly #host: PanelHost;
  readonly #callbacks: PanelCallbacks;
  readonly #small = matchMedia(FULL_SCREEN);
  /** As it was drawn last; undefined before the first time. */
  #drawnOpen: boolean | undefined;
  /** The reader opened it, so that focus may move. */
  #isWanted = false;
  /** Had focus when the page opened the panel for the reader; without it focus goes back to the button. */
  #opener: HTMLElement | undefined;
  #pageOverflow: string | undefined;

  /** Answers that finished while nobody could see them. */
  unread = 0;
  /** There is something in the panel from the first time it is opened. */
  isFilled = false;

  constructor(host: PanelHost, callbacks: PanelCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
    host.addController(this);
    whileConnected(host, (signal) => {
      this.#small.addEventListener('change', () => host.requestUpdate(), { signal });
      for (const type of ['resize', 'scroll']) {
        visualViewport?.addEventListener(type, () => this.#fit(), { signal });
      }
      signal.onabort = () => this.#holdPage(false);
      // A move within the page takes it out of the top layer.
      host.requestUpdate();
    });
  }

  get isFullScreen(): boolean {
    return this.#host.launcher && this.#small.matches;
  }

  /** Floating, and only the button is to be seen. */
  get isHidden(): boolean {
    return this.#host.launcher && !this.#host.open;
  }

  /** The page opens the panel: in answer to a press of the reader's, or by itself. */
  show(): void {
    if (this.#host.open) return;
    this.#isWanted = 'userActivation' in navigator && navigator.userActivation.isActive;
    this.#opener = focused();
    this.#host.open = true;
  }

  /** The reader pressed the button. */
  readonly toggle = (): void => {
    this.#isWanted = true;
    this.#opener = undefined;
    this.#host.open = !this.#host.open;
  };

  readonly hide = (): void => {
    this.#host.open = false;
  };

  /** On anything inside: Escape is the page's own, unless focus is in the panel and nothing in there has a use for it. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (!this.#host.launcher || !this.#host.open) return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
  };

  hostUpdate(): void {
    if (!this.isHidden) {
      this.isFilled = true;
      this.unread = 0;
    }
  }

  hostUpdated(): void {
    const { launcher, open } = this.#host;
    const frame = this.#frame;
    if (launcher && frame?.isConnected === true) rise(frame);
    this.#holdPage(open && this.isFullScreen);
    this.#fit();
    const before = this.#drawnOpen;
    this.#drawnOpen = open;
    if (!launcher || before === undefined || before === open) return;
    if (open && this.#isWanted) this.#callbacks.focusInside();
    if (!open) this.#giveFocusBack();
    this.#isWanted = false;
    this.#callbacks.changed(open);
  }

  get #frame(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.frame');
  }

  #giveFocusBack(): void {
    const opener = this.#opener;
    this.#opener = undefined;
    // Somebody who has gone on to something else is left there.
    if (!this.#host.matches(':focus') && this.#host.querySelector(':focus') === null) return;
    const button = this.#frame?.querySelector<HTMLElement>('.launcher');
    (opener?.isConnected === true ? opener : button)?.focus();
  }

  #holdPage(held: boolean): void {
    const { style } = document.documentElement;
    const before = this.#pageOverflow;
    if (held === (before !== undefined)) return;
    this.#pageOverflow = held ? style.overflow : undefined;
    style.overflow = before ?? 'hidden';
  }

  /** A phone's keyboard covers the window and does not make it smaller: only the visual viewport tells what is left. */
  #fit(): void {
    const { launcher, open } = this.#host;
    const style = this.#frame?.style;
    const field = launcher ? null : this.#frame?.querySelector('textarea:focus');
    if (launcher && !open) style?.removeProperty('--_covered');
    // To ask for what can be seen makes the browser lay out the page.
    if (launcher ? !open : !field) return;
    const view = window.visualViewport;
    // A part that the reader has zoomed into is not what there is room for.
    if (view === null || view.scale > 1 || style === undefined) return;
    if (launcher) {
      const covered = innerHeight - view.height - view.offsetTop;
      style.setProperty('--_visible-top', `${String(view.offsetTop)}px`);
      style.setProperty('--_visible-height', `${String(view.height)}px`);
      style.setProperty('--_covered', `${String(Math.max(0, covered))}px`);
    } else if (view.height < innerHeight) {
      field?.closest('.composer')?.scrollIntoView({ block: 'nearest' });
    }
  }
}

/** Into the top layer, where there is one; else it stays where the styles put it. */
function rise(frame: HTMLElement): void {
  if (!('showPopover' in frame) || frame.matches(':popover-open')) return;
  frame.showPopover();
}

function focused(): HTMLElement | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement && at !== document.body ? at : undefined;
}
