/** An answer made of several messages: text of another message begins a new paragraph. */

const BREAK = '\n\n';

export class Paragraphs {
  #message: string | undefined;
  #started = false;

  /** Whether there is any text. */
  get started(): boolean {
    return this.#started;
  }

  /** `text` of the message `message`, with what is to stand before it. */
  add(message: string, text: string): string {
    const before = this.#started && message !== this.#message ? BREAK : '';
    if (text === '') return '';
    this.#message = message;
    this.#started = true;
    return before + text;
  }
}
