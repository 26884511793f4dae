/**
 * Keeps `<think>…</think>` at the beginning of an answer out of it: local servers often stream what a model says to itself
 * so, rather than in a field of its own. Anywhere else the tags are text.
 */

const OPEN = '<think>';
const CLOSE = '</think>';

export class ThoughtFilter {
  #state: 'begin' | 'thought' | 'after' | 'answer' = 'begin';
  /** What cannot be told yet: the beginning of the answer, or what may be a part of a tag. */
  #held = '';

  /** The part of `text`, and of what was held, that is answer. */
  add(text: string): string {
    if (this.#state === 'answer') return text;
    this.#held += text;
    if (this.#state === 'begin') this.#begin();
    if (this.#state === 'thought') this.#think();
    return this.#answer();
  }

  /** What is still held when the answer is over. A thought without an end is none of it. */
  end(): string {
    return this.#state === 'begin' ? this.#take() : '';
  }

  #begin(): void {
    const start = this.#held.trimStart();
    if (start.startsWith(OPEN)) {
      this.#state = 'thought';
      this.#held = start.slice(OPEN.length);
    } else if (!OPEN.startsWith(start)) this.#state = 'answer';
  }

  #think(): void {
    const end = this.#held.indexOf(CLOSE);
    if (end === -1) {
      // Thoughts are long, and only the end of them can be a part of the tag.
      this.#held = this.#held.slice(-CLOSE.length);
      return;
    }
    this.#state = 'after';
    this.#held = this.#held.slice(end + CLOSE.length);
  }

  #answer(): string {
    if (this.#state === 'after') {
      this.#held = this.#held.trimStart();
      if (this.#held !== '') this.#state = 'answer';
    }
    return this.#state === 'answer' ? this.#take() : '';
  }

  #take(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}
