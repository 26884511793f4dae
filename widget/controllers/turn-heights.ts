/** How tall turns are: measured where they have been drawn, guessed by their length where they have not. */

/** Px of one line, of what a turn has besides its lines, and of one character. */
const LINE_PX = 24;
const FRAME_PX = 52;
const CHARACTER_PX = 7.5;

export class TurnHeights {
  readonly #measured = new Map<string, number>();
  #column = 0;

  /** Px wide: in another column all heights are others. */
  inColumn(width: number): void {
    if (width === this.#column) return;
    this.#column = width;
    this.#measured.clear();
  }

  measured(id: string, height: number): void {
    this.#measured.set(id, height);
  }

  /** Px. */
  of(id: string, characters: number): number {
    return this.#measured.get(id) ?? this.#guess(characters);
  }

  #guess(characters: number): number {
    const inLine = Math.max(this.#column / CHARACTER_PX, 1);
    return FRAME_PX + LINE_PX * Math.max(Math.ceil(characters / inLine), 1);
  }
}
