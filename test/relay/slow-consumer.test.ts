/** A client that reads nothing: it costs the relay a bounded amount, and nobody else anything (rule S7, fault F48). */
import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { UNREAD_MAX_CHARS } from '#protocol';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

const PIECE = 'long '.repeat(10_000);
const PIECES = 4;

/** Told twice: as tokens, and with its end. */
async function answer(asker: RelayClient): Promise<void> {
  asker.send({ type: 'message', content: 'Go on', id: randomUUID() });
  const call = await agent.next();
  await asker.next('message');
  await asker.next('streaming');
  for (let piece = 0; piece < PIECES; piece += 1) {
    call.token(PIECE);
    await asker.text(PIECE, piece * PIECE.length);
  }
  call.answer();
  await asker.end();
  asker.acknowledge();
  await asker.next('pong');
}

const charsOf = (client: RelayClient): number => client.texts.reduce((chars, text) => chars + text.length, 0);

it('S7, F48, A9: is sent away at a mebibyte, keeps nobody waiting, and has everything when it comes back', async () => {
  const thread = freshThread();
  const [reader, slow] = [await relay.join(thread), await relay.join(thread)];
  slow.pause();
  for (let run = 0; run < 6; run += 1) await answer(reader);
  await relay.printed('"client_slow"');

  slow.resume();
  // The platform leaves the closing handshake open for ten seconds; it has said what there is to say.
  await vi.waitUntil(() => slow.isClosing, { timeout: 10_000 });
  slow.drop();
  expect(await slow.closed).toEqual({ code: 1013, reason: 'too_slow' });
  expect(charsOf(slow)).toBeGreaterThan(UNREAD_MAX_CHARS);
  expect(charsOf(slow)).toBeLessThan(UNREAD_MAX_CHARS + 2 * PIECES * PIECE.length);

  const back = await relay.connect(thread);
  const { messages } = await back.next('history');
  expect(messages).toEqual(reader.thread.messages);
});

it('S7: one that reads, and says so, stays however much there is', async () => {
  const thread = freshThread();
  const [reader, other] = [await relay.join(thread), await relay.join(thread)];
  for (let run = 0; run < 6; run += 1) {
    await answer(reader);
    await other.end();
    other.acknowledge();
    await other.next('pong');
  }
  expect(charsOf(other)).toBeGreaterThan(2 * UNREAD_MAX_CHARS);
  expect(other.thread.messages).toEqual(reader.thread.messages);
});
