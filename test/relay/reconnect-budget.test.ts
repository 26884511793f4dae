/**
 * What coming back costs: a thread of 200 messages, and an answer of 64 KiB that is being written. Frames are a matter of
 * design; the time is that of a person who reloads, on a machine that does other things too.
 */
import { expect, it } from 'vitest';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

const TURNS = 100;
const ANSWER = 'All of it in a row. '.repeat(Math.ceil((64 * 1024) / 20));
const RETURNS = 20;
const FRAMES_MAX = 3;
const P95_MAX_MS = 300;

it('R4: a client is back within three frames and 300 ms, with nothing and with a cursor', async () => {
  const thread = freshThread();
  const client = await relay.join(thread);
  for (let turn = 1; turn < TURNS; turn += 1) {
    client.send({ type: 'message', content: `Question ${turn}` });
    (await agent.next()).answer(`Answer ${turn}, in a sentence of the usual length for such a thing.`);
    await client.end();
  }
  client.send({ type: 'message', content: 'The long one' });
  const call = await agent.next();
  call.token(ANSWER);
  await client.next('message');
  await client.next('streaming');
  await client.text(ANSWER);
  const question = client.thread.messages.at(-1)?.id ?? '';
  const run = client.thread.run?.messageId ?? '';
  const half = String(ANSWER.length / 2);

  const times: number[] = [];
  for (let index = 0; index < RETURNS; index += 1) {
    const cursor = index % 2 === 0 ? {} : { gen: '0', last: question, run, off: half };
    const startedAt = performance.now();
    const back = await relay.connect(thread, { v: '1', ...cursor });
    const frames = [await back.next(), await back.next(), await back.next()];
    times.push(performance.now() - startedAt);
    expect(frames.map(({ type }) => type)).toEqual(['history', 'streaming', 'token']);
    expect(frames.length).toBeLessThanOrEqual(FRAMES_MAX);
    const token = frames[2];
    expect(token?.type === 'token' && token.content.length).toBe(
      index % 2 === 0 ? ANSWER.length : ANSWER.length / 2,
    );
    back.drop();
  }
  const p95 = times.sort((one, other) => one - other)[Math.ceil(RETURNS * 0.95) - 1] ?? Infinity;
  console.log(`back in ${times[RETURNS / 2]?.toFixed(1) ?? '?'} ms at p50, ${p95.toFixed(1)} ms at p95`);
  expect(p95).toBeLessThan(P95_MAX_MS);
  call.answer();
  await client.end();
});
