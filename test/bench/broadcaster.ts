/**
 * What the relay is measured against: `ws` and nothing else. One question is put to the agent at the address that is the first
 * parameter, and its tokens go to every socket: no thread, no offsets, nothing stored, nobody asked who they are. The second is
 * how long tokens are merged, in ms; 0 sends each by itself.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createParser } from 'eventsource-parser';
import { WebSocketServer } from 'ws';
import * as z from 'zod/mini';

const [agentUrl = '', mergeMs = '0'] = process.argv.slice(2);
const everyMs = Number(mergeMs);

const eventSchema = z.object({ type: z.string(), content: z.optional(z.string()) });
const questionSchema = z.object({ type: z.literal('message'), content: z.string() });

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await once(server, 'listening');
server.on('connection', (socket) => {
  socket.send('{"type":"history","messages":[]}');
  socket.on('message', (data: Buffer) => {
    const frame = questionSchema.safeParse(JSON.parse(data.toString('utf8')));
    if (frame.success) void answer(frame.data.content);
  });
});
console.log(JSON.stringify(server.address() satisfies AddressInfo | string | null));

process.stdin.resume();
await once(process.stdin, 'end');
for (const client of server.clients) client.terminate();
server.close();

function broadcast(frame: object): void {
  const text = JSON.stringify(frame);
  for (const client of server.clients) client.send(text);
}

async function answer(message: string): Promise<void> {
  const response = await fetch(`${agentUrl}/workflows/wf_ivy/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message, threadId: 'all' }),
  });
  let merged = '';
  const flush = (): void => {
    if (merged !== '') broadcast({ type: 'token', content: merged });
    merged = '';
  };
  const timer = everyMs === 0 ? undefined : setInterval(flush, everyMs);
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') return;
      const { type, content = '' } = eventSchema.parse(JSON.parse(data));
      if (type !== 'token') return;
      merged += content;
      if (timer === undefined) flush();
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of z.instanceof(ReadableStream<Uint8Array>).parse(response.body)) {
    parser.feed(decoder.decode(bytes, { stream: true }));
  }
  clearInterval(timer);
  flush();
  broadcast({ type: 'streaming', isStreaming: false });
}
