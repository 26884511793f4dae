/** HTML to take away: shown as it is, and copied as it is shown. */

const SAID_MS = 2_000;

export class SnippetBox {
  readonly #code: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(figure: HTMLElement) {
    const code = figure.querySelector('code');
    const button = figure.querySelector('button');
    if (code === null || button === null) throw new Error('A snippet has code and a button.');
    this.#code = code;
    button.addEventListener('click', () => void this.#copy(button));
  }

  get text(): string {
    return this.#code.textContent;
  }

  set text(text: string) {
    this.#code.textContent = text;
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const copied = await this.#write();
    button.textContent = copied ? 'Copied' : 'Select and copy it';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (button.textContent = 'Copy'), SAID_MS);
  }

  /** Where the clipboard is forbidden the text is selected, for the reader's own key. */
  async #write(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.text);
      return true;
    } catch {
      getSelection()?.selectAllChildren(this.#code);
      return false;
    }
  }
}
