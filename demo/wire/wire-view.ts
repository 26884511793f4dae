/** The frames as they pass, as a table that grows at its end: one change of the page for each frame of the screen. */
import { WireLog } from './wire-log.ts';
import { counted, sized, type WireRow } from './wire-row.ts';

/** As many frames as an answer of some length has. */
const ROWS_MAX = 200;
/** Who follows the end has no more of them in the page than fill it: all of them are painted at each change of one. */
const FOLLOWED = 40;
/** Px from the end at which a reader is still there. */
const NEAR = 24;

const ARROWS = { sent: '↑', received: '↓', line: '·' } as const;

/** `source`: which of several chats it is about. */
export type SourcedRow = WireRow & { readonly source?: string };

export class WireView {
  readonly #log = new WireLog<SourcedRow>(ROWS_MAX);
  readonly #section: HTMLElement;
  readonly #scroller = element('div', 'wire-rows');
  readonly #body = element('div');
  readonly #count = element('p', 'wire-count');
  readonly #empty = element('p', 'wire-empty');
  /** Those that there are to see, oldest first; the page has the last of them. */
  #rows: SourcedRow[] = [];
  #isWhole = false;
  #isPlanned = false;

  /** Fills `section`. `sources`: whether rows say which chat they are about. */
  constructor(section: HTMLElement, title: string, { sources = false } = {}) {
    this.#section = section;
    const head = element('div', 'wire-head');
    const name = element('h2');
    name.textContent = title;
    head.append(name, this.#count, this.#wholeBox(), this.#pauseButton(), this.#clearButton());

    // It scrolls, so it is reached by key, and has a name then.
    this.#scroller.tabIndex = 0;
    this.#scroller.role = 'region';
    this.#scroller.ariaLabel = `${title}: frames`;
    // Not a table of HTML, whose rows cannot have a layout each of their own.
    const table = element('div');
    table.role = 'table';
    table.ariaLabel = title;
    this.#body.role = 'rowgroup';
    table.append(headOf(sources), this.#body);
    this.#empty.textContent = 'Nothing has passed yet.';
    this.#scroller.append(table, this.#empty);
    section.classList.toggle('sources', sources);
    this.#scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    section.append(head, this.#scroller);
    this.#draw();
  }

  add(row: SourcedRow): void {
    this.#log.add(row);
    this.#plan();
  }

  /** Also in a tab that nobody sees: there no frame of the screen comes, and the log keeps the newest. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    requestAnimationFrame(() => {
      this.#isPlanned = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { frames, bytes } = this.#log;
    this.#count.textContent = `${counted(frames, 'frame')}, ${sized(bytes)}`;
    const rows = this.#log.take();
    if (rows.length > 0) {
      this.#rows = [...this.#rows, ...rows].slice(-ROWS_MAX);
      const isAtEnd = this.#isAtEnd();
      this.#body.append(...rows.map((row) => rowElement(row, this.#isWhole)));
      while (this.#body.childElementCount > (isAtEnd ? FOLLOWED : ROWS_MAX)) {
        this.#body.firstElementChild?.remove();
      }
      if (isAtEnd) this.#toEnd();
    }
    this.#empty.hidden = this.#rows.length > 0;
  }

  /** Who leaves the end wants to see what was before. */
  #onScroll(): void {
    const missing = this.#rows.length - this.#body.childElementCount;
    if (missing === 0 || this.#isAtEnd()) return;
    const { scrollTop, scrollHeight } = this.#scroller;
    this.#body.prepend(...this.#rows.slice(0, missing).map((row) => rowElement(row, this.#isWhole)));
    this.#scroller.scrollTop = scrollTop + this.#scroller.scrollHeight - scrollHeight;
  }

  #isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    return scrollTop + clientHeight >= scrollHeight - NEAR;
  }

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #wholeBox(): HTMLLabelElement {
    const label = element('label');
    const box = element('input');
    box.type = 'checkbox';
    label.append(box, 'In full');
    box.addEventListener('change', () => {
      this.#isWhole = box.checked;
      const isAtEnd = this.#isAtEnd();
      this.#section.classList.toggle('whole', this.#isWhole);
      const shown = this.#rows.slice(-this.#body.childElementCount);
      this.#body.replaceChildren(...shown.map((row) => rowElement(row, this.#isWhole)));
      if (isAtEnd) this.#toEnd();
    });
    return label;
  }

  #pauseButton(): HTMLButtonElement {
    const button = smallButton('Pause');
    button.ariaPressed = 'false';
    button.addEventListener('click', () => {
      this.#log.isPaused = !this.#log.isPaused;
      button.ariaPressed = String(this.#log.isPaused);
      this.#plan();
    });
    return button;
  }

  #clearButton(): HTMLButtonElement {
    const button = smallButton('Clear');
    button.addEventListener('click', () => {
      this.#log.clear();
      this.#rows = [];
      this.#body.replaceChildren();
      this.#plan();
    });
    return button;
  }
}

function headOf(sources: boolean): HTMLElement {
  const head = element('div', 'wire-names wire-row');
  head.role = 'row';
  const names = ['Time', ...(sources ? ['Window'] : []), 'Way', 'Type', 'Size', 'Offset', 'Content'];
  head.append(
    ...names.map((name) => {
      const made = cell(name.toLowerCase(), name === 'Way' ? '' : name);
      made.role = 'columnheader';
      if (name === 'Way') made.append(unseen(name));
      return made;
    }),
  );
  return head;
}

function rowElement(row: SourcedRow, isWhole: boolean): HTMLElement {
  const line = element('div', `wire-row ${row.direction}`);
  line.role = 'row';
  const direction = cell('way', '');
  // An arrow for the eye, and the word for the ear.
  const arrow = element('span');
  arrow.textContent = ARROWS[row.direction];
  arrow.ariaHidden = 'true';
  direction.append(arrow, unseen(row.direction));
  line.append(
    cell('time', clockTime(row.at)),
    ...(row.source === undefined ? [] : [cell('window', row.source)]),
    direction,
    cell('type', row.type),
    cell('size', row.direction === 'line' ? '' : sized(row.bytes)),
    cell('offset', row.offset === undefined ? '' : String(row.offset)),
    cell('content', isWhole && row.text !== '' ? row.text : row.summary),
  );
  return line;
}

function unseen(word: string): HTMLElement {
  const made = element('span', 'unseen');
  made.textContent = word;
  return made;
}

function cell(name: string, text: string): HTMLElement {
  const made = element('span', name);
  made.role = 'cell';
  made.textContent = text;
  return made;
}

/** Within the hour: whoever watches knows which. */
function clockTime(at: number): string {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}

function smallButton(text: string): HTMLButtonElement {
  const button = element('button', 'small');
  button.type = 'button';
  button.textContent = text;
  return button;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  return made;
}
