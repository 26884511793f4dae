/** Gives answers to a subject and takes the time. Runs in the page; every subject is measured by the same clock. */
import { nextFrame, nextTask, tailOf, until, type Subject } from './subject.ts';

const TAIL_CHARS = 400;

/** How long the drawing of one last piece may take. */
const VISIBLE_LIMIT_MS = 60_000;

export interface BurstReading {
  /** From the first piece until the last one was drawn, or the limit was reached. */
  readonly ms: number;
  /** Pieces given; fewer than there are if the limit was reached. */
  readonly pieces: number;
  /** Of the longest task, or 0 if none took 50 ms. */
  readonly longestTaskMs: number;
}

/** One piece a task, as fast as possible. */
export async function burst(
  subject: Subject,
  tokens: readonly string[],
  last: string,
  limitMs: number,
): Promise<BurstReading> {
  const pieces = [...tokens, `\n\n${last}`].map((token) => subject.piece(token));
  await subject.begin();
  await nextFrame();
  await nextFrame();
  const watch = new TaskWatch();
  const start = performance.now();
  let given = 0;
  for (const piece of pieces) {
    piece();
    given += 1;
    await nextTask();
    if (performance.now() - start > limitMs)
      return { ms: limitMs, pieces: given, longestTaskMs: watch.end() };
  }
  subject.end();
  await visible(subject, last);
  const ms = performance.now() - start;
  await nextFrame();
  return { ms, pieces: given, longestTaskMs: watch.end() };
}

/** Gives text in one piece; resolves when its last word is drawn and nothing is left to be done. */
export async function prefill(subject: Subject, text: string, last: string): Promise<void> {
  subject.piece(text)();
  if (last !== '') await visible(subject, last);
  await new Promise((resolve) => setTimeout(resolve, 250));
  for (let frames = 0; frames < 3; frames += 1) await nextFrame();
}

/** One piece a frame. Resolves when the last one is drawn. */
export async function perFrame(subject: Subject, tokens: readonly string[], last: string): Promise<void> {
  for (const piece of tokens.map((token) => subject.piece(token))) {
    piece();
    await nextFrame();
    await nextTask();
  }
  await visible(subject, last);
}

export interface PacedReading {
  /** Between frames, in ms. */
  readonly frames: readonly number[];
  /** For each token that was drawn, how many frames after it had come it could be seen in; 1 is the next one. */
  readonly framesUntilSeen: readonly number[];
  /** The same in ms. */
  readonly lateness: readonly number[];
  readonly given: number;
  readonly longestTaskMs: number;
}

/** Tokens at an even pace, each as it comes in from another thread. The page may be too slow for it. */
export async function paced(
  subject: Subject,
  count: number,
  everyMs: number,
  limitMs: number,
): Promise<PacedReading> {
  const words = Array.from({ length: count }, (_, index) => `w${String(index)}`);
  const pieces = words.map((word, index) => subject.piece(`${word}${index % 40 === 39 ? '.\n\n' : ' '}`));
  const sentAt: number[] = [];
  const seenAt: number[] = [];
  const frames: number[] = [];
  const tails = tailReader(subject);
  const watch = new TaskWatch();
  const pacer = startPacer(count, everyMs, (time) => {
    pieces[sentAt.length]?.();
    sentAt.push(time);
  });
  const end = performance.now() + count * everyMs + limitMs;
  while (seenAt.length < count && performance.now() < end) {
    frames.push(await nextFrame());
    // What is there now was drawn by the frame before.
    const tail = tails();
    const seen = Number(/.*\bw(\d+)/s.exec(tail)?.[1] ?? -1);
    while (seenAt.length <= seen) seenAt.push(frames.length - 2);
  }
  pacer.terminate();
  const drawn = seenAt.map((frame, index) => {
    const sent = sentAt[index] ?? 0;
    const first = frames.findIndex((time) => time >= sent);
    return { frames: Math.max(1, frame - first + 1), late: (frames[frame + 1] ?? NaN) - sent };
  });
  return {
    frames: frames.slice(1).map((time, index) => time - (frames[index] ?? time)),
    framesUntilSeen: drawn.map((token) => token.frames),
    lateness: drawn.map((token) => token.late),
    given: sentAt.length,
    longestTaskMs: watch.end(),
  };
}

/** A clock that this page's work does not hold up. @param tick takes the time when a token came, of this page's clock */
function startPacer(count: number, everyMs: number, tick: (time: number) => void): Worker {
  const program = `
    let sent = 0;
    const start = performance.now();
    const timer = setInterval(() => {
      while (sent < ${String(count)} && performance.now() - start >= sent * ${String(everyMs)}) {
        sent += 1;
        postMessage(performance.timeOrigin + performance.now());
      }
      if (sent >= ${String(count)}) clearInterval(timer);
    }, 1);`;
  const worker = new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
  worker.onmessage = ({ data }: MessageEvent<number>) => tick(data - performance.timeOrigin);
  return worker;
}

/** Resolves when a word can be seen: one frame after it is in the page. */
async function visible(subject: Subject, word: string): Promise<void> {
  const tail = tailReader(subject);
  // Some draw when they are told, some once the task is over: that is no difference on the screen.
  await nextTask();
  await until(() => (tail().includes(word) ? true : undefined), `“${word}” in the answer`, VISIBLE_LIMIT_MS);
  await nextFrame();
}

/** Reads the end of the answer, and looks for the answer only when it does not know where it is. */
function tailReader(subject: Subject): () => string {
  let answer: Node | undefined;
  return () => {
    if (answer?.isConnected !== true) answer = subject.answer();
    return answer === undefined ? '' : tailOf(answer, TAIL_CHARS);
  };
}

/** Tasks of 50 ms and more, as the browser tells them. */
export class TaskWatch {
  #longest = 0;
  readonly #observer = new PerformanceObserver((list) => this.#take(list.getEntries()));

  constructor() {
    this.#observer.observe({ type: 'longtask' });
  }

  /** In ms; 0 if there was none. */
  end(): number {
    this.#take(this.#observer.takeRecords());
    this.#observer.disconnect();
    return this.#longest;
  }

  #take(entries: readonly PerformanceEntry[]): void {
    for (const { duration } of entries) this.#longest = Math.max(this.#longest, duration);
  }
}
