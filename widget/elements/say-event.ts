/** Something to be said to those who cannot see it, from wherever in the shadow root it came to be. */
export class SayEvent extends Event {
  readonly words: string;

  constructor(words: string) {
    super(SAY, { bubbles: true });
    this.words = words;
  }
}

export const SAY = 'say';
