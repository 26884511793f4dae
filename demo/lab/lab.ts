/** The resume lab: one conversation in two windows, and what one can do to them. */
import { visitorThread } from '../landing/visitor-thread.ts';
import { relayHost } from '../landing/relay.ts';
import { WireView } from '../wire/wire-view.ts';
import { paneNewsSchema, type PaneNews, type PaneOrder, type PaneState } from './pane-news.ts';
import { recoverySentence, RecoveryWatch } from './recovery.ts';
import { hasRunner, killRelay } from './runner-door.ts';
import { verdictOn } from './verdict.ts';

/** Long enough to see the chat notice. */
const OUTAGE_MS = 2_500;

const QUESTION = 'What happens to keys and listeners on a page of my own?';

/** Fills the section of `index.html`. */
export function setUpLab(section: HTMLElement): void {
  const wire = new WireView(partOf(section, '[data-wire]'), 'On the wire of both', { sources: true });
  const verdict = partOf(section, '[data-verdict]');
  const judge = (): void => {
    const { kind, sentence } = verdictOn(one?.state, other?.state);
    if (verdict.textContent === sentence) return;
    verdict.dataset['verdict'] = kind;
    verdict.textContent = sentence;
  };
  const panes = [...section.querySelectorAll<HTMLElement>('.pane')].map((element, index) => {
    return new Pane(element, String.fromCharCode(65 + index), wire, judge);
  });
  const [one, other] = panes;

  addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
    if (origin !== location.origin) return;
    const news = paneNewsSchema.safeParse(data);
    if (news.success) for (const pane of panes) pane.hear(source, news.data);
  });
  onPress(section, 'ask', () => one?.order({ kind: 'ask', question: QUESTION }));
  setUpKill(section);
}

function setUpKill(section: HTMLElement): void {
  const note = partOf(section, '[data-lab-note]');
  const button = partOf(section, '[data-do="kill"]');
  if (!hasRunner() || !(button instanceof HTMLButtonElement)) {
    note.textContent =
      'One more button, “Kill the relay”, is there where the relay is on your own machine: npm start.';
    return;
  }
  note.role = 'status';
  button.hidden = false;
  section.append(plainPages());
  button.addEventListener('click', () => {
    button.disabled = true;
    note.textContent = 'Killed, without a word of warning. Starting it again …';
    void killRelay().then((awayMs) => {
      button.disabled = false;
      note.textContent =
        awayMs === undefined
          ? 'It could not be killed; npm start says why.'
          : `The relay was gone for ${(awayMs / 1_000).toFixed(1)} s. An answer that it was writing is kept, marked, and can be asked for again.`;
    });
  });
}

/** They are where the runner is: their threads are for one person. */
function plainPages(): HTMLElement {
  const line = document.createElement('p');
  line.className = 'muted';
  const [one, two] = [linkTo('side-by-side.html', 'one thread'), linkTo('two-threads.html', 'two threads')];
  line.append('Two chats on a page with nothing but their lines of HTML: ', one, ', ', two, '.');
  return line;
}

function linkTo(page: string, text: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = page;
  link.textContent = text;
  return link;
}

/** One window, and what is known of it. */
class Pane {
  state: PaneState | undefined;
  readonly #frame: HTMLIFrameElement;
  readonly #name: string;
  readonly #wire: WireView;
  readonly #changed: () => void;
  readonly #watch = new RecoveryWatch();
  readonly #recovery: HTMLElement;

  constructor(element: HTMLElement, name: string, wire: WireView, changed: () => void) {
    const frame = element.querySelector('iframe');
    if (frame === null) throw new Error('A window of the lab is a frame.');
    this.#frame = frame;
    this.#name = name;
    this.#wire = wire;
    this.#changed = changed;
    this.#recovery = partOf(element, '[data-recovery]');
    const query = new URLSearchParams({
      thread: visitorThread('lab'),
      host: relayHost(),
      heading: frame.title,
    });
    frame.src = `pane.html?${query.toString()}`;
    onPress(element, 'drop', () => {
      this.#say('The line is cut for a while …');
      this.order({ kind: 'drop', forMs: OUTAGE_MS });
    });
    onPress(element, 'reload', () => {
      this.#say('Reloading …');
      this.#watch.lost(Date.now());
      this.#away();
      frame.contentWindow?.location.reload();
    });
  }

  order(order: PaneOrder): void {
    this.#frame.contentWindow?.postMessage(order, location.origin);
  }

  /** `source`: the window that says it. */
  hear(source: MessageEventSource | null, news: PaneNews): void {
    if (source !== this.#frame.contentWindow) return;
    if (news.kind === 'state') {
      this.state = news.state;
      this.#changed();
      return;
    }
    this.#wire.add({ ...news.row, source: this.#name });
    const recovery = this.#watch.observe(news.row);
    if (recovery !== undefined) this.#say(recoverySentence(recovery));
  }

  #away(): void {
    if (this.state !== undefined) this.state = { ...this.state, connected: false };
    this.#changed();
  }

  #say(sentence: string): void {
    this.#recovery.textContent = sentence;
  }
}

function onPress(section: HTMLElement, name: string, press: () => void): void {
  partOf(section, `[data-do="${name}"]`).addEventListener('click', press);
}

function partOf(section: HTMLElement, selector: string): HTMLElement {
  const part = section.querySelector<HTMLElement>(selector);
  if (part === null) throw new Error(`The lab has no ${selector}.`);
  return part;
}
