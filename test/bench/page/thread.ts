/** Shows a long conversation and scrolls in it. Runs in the page. */
import { SeededRandom } from '../../support/seeded-random.ts';
import { answerTokens } from '../answer-text.ts';
import type { TaskWatch } from './clock.ts';
import { nextFrame, nextTask, tailOf, until, type PastMessage, type ThreadSubject } from './subject.ts';

const NEWEST = 'this-is-the-newest-message';
const MESSAGE_TOKENS = 50;
const OPEN_LIMIT_MS = 40_000;

/** Questions and answers in turn, about 200 characters of Markdown each. */
export function pastMessages(count: number): readonly PastMessage[] {
  const random = new SeededRandom(7);
  const text = answerTokens('mixed', 20_000);
  return Array.from({ length: count }, (_, index) => {
    const from = random.below(text.length - MESSAGE_TOKENS);
    const words = text
      .slice(from, from + MESSAGE_TOKENS)
      .join('')
      .trim();
    return { isAnswer: index % 2 === 1, text: index === count - 1 ? `${words}\n\n${NEWEST}` : words };
  });
}

/**
 * Shows a conversation.
 *
 * @returns ms from the moment when the conversation is there until its newest message is drawn; told at once, since some pages do
 * not answer for a while then
 */
export async function openThread(subject: ThreadSubject, show: () => void): Promise<number> {
  await nextFrame();
  await nextFrame();
  await nextTask();
  const start = performance.now();
  show();
  await until(
    () => {
      const newest = subject.newest();
      return newest !== undefined && tailOf(newest, 1000).includes(NEWEST) ? true : undefined;
    },
    'newest message',
    OPEN_LIMIT_MS,
  );
  // It is in the page before this frame is drawn.
  await nextTask();
  return performance.now() - start;
}

export interface ShownReading {
  readonly elements: number;
  /** Or 0 if no task took 50 ms. */
  readonly longestTaskMs: number;
}

/** What showing it came to. @param watch from before */
export async function shownThread(watch: TaskWatch): Promise<ShownReading> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { elements: elementsIn(document), longestTaskMs: watch.end() };
}

/** A screen a frame towards the oldest. @returns ms between frames */
export async function scrollUp(subject: ThreadSubject, screens: number): Promise<readonly number[]> {
  const scroller = subject.scroller();
  if (scroller === undefined) throw new Error('Nothing scrolls.');
  const frames = [await nextFrame()];
  for (let screen = 0; screen < screens; screen += 1) {
    scroller.scrollBy({ top: -scroller.clientHeight, behavior: 'instant' });
    frames.push(await nextFrame());
  }
  frames.push(await nextFrame());
  return frames.slice(1).map((time, index) => time - (frames[index] ?? time));
}

function elementsIn(root: ParentNode): number {
  let count = 0;
  for (const element of root.querySelectorAll('*')) {
    count += 1;
    if (element.shadowRoot !== null) count += elementsIn(element.shadowRoot);
  }
  return count;
}
