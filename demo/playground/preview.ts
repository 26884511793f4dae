/**
 * Entry of `preview.html`: the chat as it is shipped, with a relay in the page, so that a look can be judged without one, and
 * without an agent that is asked for it. `?talk=` is what there is to see: `talk`, `writing` or `empty`.
 */
import type { ThreadMessage } from '#protocol';
import { ScriptedRelay } from '../gallery/scripted-relay.ts';

const THREAD_ID = 'preview';
/** Nobody is there, and nobody is asked. */
const HOST = 'preview.invalid';
const WORD_MS = 40;
const MINUTE = 60_000;

const ANSWER = `Yes, until **two days before** it begins:

1. Open *Bookings*, and the one that you mean.
2. Choose **Change date**. What is free is green.

A change costs nothing. See [the terms](https://example.com/terms), or ask for \`booking-47\` on the phone.`;

const REPLY = `This answer is played by the page, to show the look. It has **weight**, a [link](https://example.com/), some \`code\`, and

- a list
- of two things.`;

const talk = new URLSearchParams(location.search).get('talk');
const now = Date.now();
const question = messageOf('q1', 'user', 'Can I change the date of my booking?', now - 3 * MINUTE);
const past: Readonly<Record<string, readonly ThreadMessage[]>> = {
  talk: [question, messageOf('a1', 'assistant', ANSWER, now - 3 * MINUTE)],
  writing: [question],
};

const relay = new ScriptedRelay({ kind: 'history', messages: past[talk ?? ''] ?? [] }, (frame) => {
  if (frame.type === 'message') void reply(frame.id ?? String(Date.now()), frame.content);
  if (frame.type === 'clear')
    relay.send([{ type: 'history', mode: 'full', gen: (gen += 1), v: 1, messages: [] }]);
  if (frame.type === 'stop') stopping.abort();
});
let gen = 0;
let stopping = new AbortController();
relay.install(window);

const chat = document.querySelector('ivy-chat');
chat?.setAttribute('thread-id', THREAD_ID);
chat?.setAttribute('host', HOST);
if (talk === 'writing') {
  await relay.met;
  relay.send([
    { type: 'streaming', isStreaming: true, messageId: 'a1', gen },
    { type: 'token', content: ANSWER.slice(0, 150), messageId: 'a1', offset: 0 },
  ]);
}

function messageOf(
  id: string,
  role: 'user' | 'assistant',
  content: string,
  timestamp: number,
): ThreadMessage {
  return { id, role, content, timestamp, status: 'complete' };
}

async function reply(id: string, content: string): Promise<void> {
  const messageId = `${id}-answer`;
  stopping = new AbortController();
  const { signal } = stopping;
  relay.send([
    { type: 'message', ...messageOf(id, 'user', content, Date.now()), gen },
    { type: 'streaming', isStreaming: true, messageId, gen },
  ]);
  let written = '';
  for (const word of REPLY.match(/\S+\s*/g) ?? []) {
    await new Promise((resolve) => setTimeout(resolve, WORD_MS));
    if (signal.aborted) break;
    relay.send([{ type: 'token', content: word, messageId, offset: written.length }]);
    written += word;
  }
  const status = signal.aborted ? 'stopped' : 'complete';
  relay.send([
    { type: 'done', messageId, fullContent: written, status, timestamp: Date.now(), gen },
    { type: 'streaming', isStreaming: false, messageId, gen },
  ]);
}
