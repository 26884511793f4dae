/** Frames at random, on the wire: right ones, right ones with something wrong in them, and things that are none. */
import { HOSTILE_VALUES } from '../support/hostile-json.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { anyText, damaged } from './any-text.ts';

type Make = (random: SeededRandom) => object;

const IDS = ['m-1', 'm-2', 'm-3', '__proto__', 'constructor', '', 'i'.repeat(129)];
const NUMBERS = [0, 1, 2, 3, 7, 50, 101, -1, 1.5, 1e15, 2 ** 53, 1e308];
const CODES = ['busy', 'rate_limited', 'upstream_failed', 'of_a_newer_relay', '__proto__'];
const STATUSES = ['complete', 'stopped', 'interrupted', 'failed', 'paused'];

const id = (random: SeededRandom): string => random.pick(IDS);
const number = (random: SeededRandom): number => random.pick(NUMBERS);
const text = (random: SeededRandom): string => anyText(random, ['Hello', ' there', '. ', '\n\n', '**']);
const cursor = (random: SeededRandom): object => ({
  gen: number(random),
  last: id(random),
  run: id(random),
  off: number(random),
});
const message = (random: SeededRandom): object => ({
  id: id(random),
  role: random.pick(['user', 'assistant', 'system']),
  content: text(random),
  timestamp: random.pick([1, 2, '2026-11-22T00:00:00Z', '1', Number.NaN]),
  status: random.pick(STATUSES),
  error: random.chance(0.2) ? { code: random.pick(CODES) } : undefined,
});

const CLIENT: readonly Make[] = [
  (random) => ({ type: 'message', content: text(random), id: id(random), gen: random.below(3) }),
  (random) => ({ type: 'message', content: text(random) }),
  (random) => ({ type: 'history', before: id(random), limit: number(random) }),
  (random) => ({ type: 'history', cursor: cursor(random) }),
  () => ({ type: 'clear' }),
  () => ({ type: 'stop' }),
  (random) => ({ type: 'retry', messageId: id(random) }),
  (random) => ({ type: 'ping', received: number(random) }),
  (random) => ({ type: 'auth', token: text(random) }),
];

const SERVER: readonly Make[] = [
  (random) => ({
    type: 'history',
    messages: Array.from({ length: random.below(6) }, () => message(random)),
    gen: random.below(3),
    mode: random.pick(['full', 'tail', 'page', 'sideways', null]),
    before: random.chance(0.3) ? id(random) : undefined,
    v: 1,
  }),
  (random) => ({ ...message(random), type: 'message', gen: random.below(3) }),
  (random) => ({
    type: 'streaming',
    isStreaming: random.chance(0.6),
    messageId: id(random),
    gen: random.below(3),
  }),
  (random) => ({ type: 'token', content: text(random), messageId: id(random), offset: random.below(20) }),
  (random) => ({ type: 'token', content: text(random) }),
  (random) => ({
    type: 'done',
    messageId: id(random),
    fullContent: text(random),
    status: random.pick(STATUSES),
    timestamp: number(random),
    error: random.chance(0.3) ? { code: random.pick(CODES) } : undefined,
    gen: random.below(3),
  }),
  (random) => ({
    type: 'error',
    message: text(random),
    code: random.pick(CODES),
    messageId: id(random),
    retryAfterMs: number(random),
  }),
  () => ({ type: 'pong' }),
];

/** A field that holds something else, is not there, or is one more. */
function bent(random: SeededRandom, frame: object): string {
  const fields = Object.entries(frame).map(
    ([name, value]) => [name, JSON.stringify(value) as string | undefined] as const,
  );
  const [, payload] = random.pick(HOSTILE_VALUES);
  const place = random.below(fields.length + 1);
  const bentFields = fields.map(([name, json], index) => {
    if (index !== place) return [name, json] as const;
    return [
      name,
      random.chance(0.15) ? undefined : random.pick([payload, '7', 'null', '""', '[]', '{}']),
    ] as const;
  });
  if (place === fields.length)
    bentFields.push([random.pick(['__proto__', 'constructor', 'extra', 'type']), payload]);
  const members = bentFields.flatMap(([name, json]) =>
    json === undefined ? [] : [`${JSON.stringify(name)}:${json}`],
  );
  return `{${members.join(',')}}`;
}

function anyFrame(random: SeededRandom, makes: readonly Make[]): unknown {
  const frame = random.pick(makes)(random);
  const kind = random.next();
  if (kind < 0.5) return JSON.stringify(frame);
  if (kind < 0.75) return bent(random, frame);
  if (kind < 0.9) return damaged(random, JSON.stringify(frame));
  if (kind < 0.96) return anyText(random, ['{"type":', '"message"', '}', '[', '{', '"', ':', ',', '1']);
  return random.pick([
    () => new Uint8Array(random.below(50)),
    () => new ArrayBuffer(8),
    () => undefined,
    () => 7,
    () => ({}),
  ])();
}

export const anyClientFrame = (random: SeededRandom): unknown => anyFrame(random, CLIENT);
export const anyServerFrame = (random: SeededRandom): unknown => anyFrame(random, SERVER);
