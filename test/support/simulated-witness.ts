/**
 * A listener that no network stands between: it hears every broadcast of every life of the relay, and checks that each
 * life keeps to the order of rule S4, that tokens have no hole, and that no run ends twice.
 */
import { decodeServerFrame, type ServerFrame, type ServerFrameOf } from '#protocol';
import type { RoomSocket } from '../../partykit/room/ports.ts';
import { FULL_ACCESS, joining, live, type Session } from '../../partykit/room/session.ts';

interface HeardRun {
  readonly id: string;
  text: string;
  done: boolean;
}

export class Witness implements RoomSocket {
  readonly id = 'witness';
  session: Session = live(joining(1, FULL_ACCESS));
  readonly #wrong: (what: string) => void;
  readonly #endings = new Set<string>();
  #gen: number | undefined;
  #run: HeardRun | undefined;

  constructor(wrong: (what: string) => void) {
    this.#wrong = wrong;
  }

  /** Nothing that an earlier life had begun is ended by the next but by a `done`. */
  newLife(): void {
    this.#run = undefined;
    this.#gen = undefined;
  }

  send(text: string): void {
    const frame = decodeServerFrame(text);
    if (frame.ok) this.#hear(frame.value);
    else this.#wrong(`unreadable broadcast: ${text}`);
  }

  close(): void {
    this.#wrong('the relay closed a good connection');
  }

  /** Runs whose end was broadcast. */
  heardEnd(runId: string): boolean {
    return this.#endings.has(runId);
  }

  #hear(frame: ServerFrame): void {
    if ('gen' in frame && frame.gen !== undefined) this.#generation(frame.gen, frame.type);
    switch (frame.type) {
      case 'message':
        if (this.#run !== undefined) this.#wrong(`S4: a message inside of run ${this.#run.id}`);
        return;
      case 'streaming':
        this.#streaming(frame.isStreaming, frame.messageId ?? '');
        return;
      case 'token':
        this.#token(frame);
        return;
      case 'done':
        this.#done(frame.messageId, frame.fullContent);
        return;
      case 'history':
        if (this.#run !== undefined) this.#wrong(`S4: a clear inside of run ${this.#run.id}`);
        return;
      case 'error':
        if (this.#run?.done !== true) this.#wrong(`S3: error ${frame.code ?? ''} not after its done`);
        return;
      case 'end':
        this.#wrong(`S8: a lean end of ${frame.messageId} for who did not ask for one`);
        return;
      case 'pong':
      case 'access':
        return;
    }
  }

  #generation(gen: number, type: string): void {
    const before = this.#gen ?? gen;
    if (gen < before || (gen > before && type !== 'history'))
      this.#wrong(`S6: ${type} of ${gen} in ${before}`);
    this.#gen = gen;
  }

  #streaming(isStreaming: boolean, id: string): void {
    if (isStreaming) {
      if (this.#run !== undefined) this.#wrong(`S4: run ${id} begins inside of ${this.#run.id}`);
      this.#run = { id, text: '', done: false };
      return;
    }
    if (this.#run?.id !== id || !this.#run.done) this.#wrong(`S3: streaming false for ${id} without done`);
    this.#run = undefined;
  }

  #token({ messageId, offset, content }: ServerFrameOf<'token'>): void {
    const run = this.#run;
    if (run === undefined || run.id !== messageId || run.done) {
      this.#wrong('S4: a token outside of its run');
      return;
    }
    if (offset !== run.text.length) this.#wrong(`S1: token at ${String(offset)} of ${run.text.length}`);
    run.text += content;
  }

  #done(id: string, content: string): void {
    if (this.#endings.has(id)) this.#wrong(`7: a second done for ${id}`);
    this.#endings.add(id);
    if (this.#run === undefined) this.#run = { id, text: content, done: true };
    else if (this.#run.id !== id) this.#wrong(`S4: done for ${id} inside of ${this.#run.id}`);
    else if (!content.startsWith(this.#run.text))
      this.#wrong(`S3: done for ${id} says ${content}, tokens said ${this.#run.text}`);
    this.#run.done = true;
  }
}
