/** What the benchmarks call in a page: `window.bench`. */
import { ANSWER_KINDS, answerTokens, sampleTokens, wholeSections, type AnswerKind } from '../answer-text.ts';
import { burst, paced, perFrame, prefill, TaskWatch, type BurstReading, type PacedReading } from './clock.ts';
import { IvyChat, IvyChatThread } from './ivy-chat.ts';
import {
  DeepChat,
  DeepChatThread,
  Flowise,
  FlowiseThread,
  N8nChat,
  N8nThread,
  StreamdownChat,
  StreamdownThread,
} from './peers.ts';
import { KeptBlocks, PlainThread, TextAppend } from './references.ts';
import { nextFrame, type Subject, type ThreadSubject } from './subject.ts';
import { openThread, pastMessages, scrollUp, shownThread, type ShownReading } from './thread.ts';

const SUBJECTS: Readonly<Record<string, () => Subject>> = {
  'ivy-chat': () => new IvyChat(),
  'kept-blocks': () => new KeptBlocks(),
  'text-append': () => new TextAppend(),
  'deep-chat': () => new DeepChat({ partialRender: false }),
  'deep-chat-partial': () => new DeepChat({ partialRender: true }),
  n8n: () => new N8nChat(),
  flowise: () => new Flowise(),
  streamdown: () => new StreamdownChat(),
};

const THREADS: Readonly<Record<string, () => ThreadSubject>> = {
  'ivy-chat': () => new IvyChatThread(),
  'plain-text': () => new PlainThread(),
  'deep-chat': () => new DeepChatThread(),
  n8n: () => new N8nThread(),
  flowise: () => new FlowiseThread(),
  streamdown: () => new StreamdownThread(),
};

const LAST = 'the-very-last-word';

class Bench {
  #subject: Subject | undefined;
  #kind: AnswerKind = 'mixed';
  #tokens: readonly string[] = [];
  /** Code units of the answer so far, without samples. */
  #length = 0;
  #thread: ThreadSubject | undefined;
  #show = (): void => undefined;
  #watch: TaskWatch | undefined;

  async mount(name: string, kind: string, tokens: number): Promise<void> {
    this.#subject = found(SUBJECTS, name)();
    this.#kind = ANSWER_KINDS.find((known) => known === kind) ?? 'mixed';
    this.#tokens = answerTokens(this.#kind, tokens);
    await this.#subject.mount(place());
    await nextFrame();
  }

  begin(): Promise<void> {
    return this.#mounted.begin();
  }

  burst(limitMs: number): Promise<BurstReading> {
    return burst(this.#mounted, this.#tokens, LAST, limitMs);
  }

  /** Gives all that is missing until the answer has so many tokens. */
  async fillTo(tokens: number): Promise<void> {
    const text = wholeSections(this.#kind, this.#tokens.slice(0, tokens));
    const last = `filled${String(tokens)}`;
    const ending = this.#kind === 'mixed' ? `${last}\n\n` : '';
    await prefill(this.#mounted, text.slice(this.#length) + ending, ending === '' ? '' : last);
    this.#length = text.length;
  }

  /** So many tokens more, one a frame. */
  async sample(count: number): Promise<void> {
    const last = `sampled${String(this.#length)}`;
    await perFrame(this.#mounted, sampleTokens(this.#kind, count, last), last);
  }

  /** What follows a sample begins a line, and a block where there are several. */
  endSample(): void {
    this.#mounted.piece({ mixed: '\n\n', code: '\n', list: '\n', table: '' }[this.#kind])();
  }

  paced(count: number, everyMs: number, limitMs: number): Promise<PacedReading> {
    return paced(this.#mounted, count, everyMs, limitMs);
  }

  async prepareThread(name: string, count: number): Promise<void> {
    this.#thread = found(THREADS, name)();
    this.#show = await this.#thread.prepare(place(), pastMessages(count));
  }

  openThread(): Promise<number> {
    this.#watch = new TaskWatch();
    return openThread(this.#openable, this.#show);
  }

  shownThread(): Promise<ShownReading> {
    return shownThread(this.#watch ?? new TaskWatch());
  }

  scrollUp(screens: number): Promise<readonly number[]> {
    return scrollUp(this.#openable, screens);
  }

  get #mounted(): Subject {
    if (this.#subject === undefined) throw new Error('Nothing is on the page.');
    return this.#subject;
  }

  get #openable(): ThreadSubject {
    if (this.#thread === undefined) throw new Error('No conversation is on the page.');
    return this.#thread;
  }
}

/** As wide as a panel for a chat, and as high as the window. */
function place(): HTMLElement {
  const element = document.createElement('div');
  element.style.cssText = 'inline-size: 100%; max-inline-size: 48rem; block-size: 100vh; margin: auto;';
  document.body.append(element);
  return element;
}

function found<Made>(makers: Readonly<Record<string, () => Made>>, name: string): () => Made {
  const make = makers[name];
  if (make === undefined) throw new Error(`There is no ${name}.`);
  return make;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

window.bench = new Bench();
