/** Something to be said to those who cannot see it, from wherever in the shadow root it came to be. */
export class SayEvent extends Event {
  static readonly type = 'say';
  readonly words: string;

  constructor(words: string) {
    super(SayEvent.type, { bubbles: true });
    this.words = words;
  }
}
