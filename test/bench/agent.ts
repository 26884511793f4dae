/**
 * The agent service of the benchmarks, a process of its own: AST's workflow dialect, answers by plan. Says its port in the first
 * line that it prints, and ends when its input does.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { planOf, stampedToken, type AgentPlan } from './agent-plan.ts';
import { sharedNow } from './shared-clock.ts';

const bodySchema = z.object({ message: z.string(), threadId: z.string() });

const waiting = new Map<string, ServerResponse[]>();

const server = createServer((request, response) => void take(request, response));
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(JSON.stringify(server.address()));

process.stdin.resume();
await once(process.stdin, 'end');
server.closeAllConnections();
server.close();

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { message, threadId } = bodySchema.parse(await json(request));
  const plan = planOf(message);
  response.socket?.setNoDelay(true);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  const readers = [...(waiting.get(threadId) ?? []), response];
  waiting.set(threadId, readers);
  if (readers.length < plan.readers) return;
  waiting.delete(threadId);
  answer(plan, threadId, readers);
}

function answer(plan: AgentPlan, threadId: string, readers: readonly ServerResponse[]): void {
  let written = 0;
  const say = (event: object): void => {
    // Each of them is written to first in its turn.
    const inTurn = written % 2 === 0 ? readers : readers.toReversed();
    for (const reader of inTurn) reader.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const write = (): void => {
    say({ type: 'token', content: stampedToken(sharedNow(), plan.chars) });
    written += 1;
  };
  const end = (): void => {
    if (plan.open) return;
    say({ type: 'done', threadId });
    for (const reader of readers) reader.end('data: [DONE]\n\n');
  };
  if (plan.everyMs === 0) {
    while (written < plan.tokens) write();
    end();
    return;
  }
  const begun = sharedNow();
  // Each has a time of its own, so that the pace is what was asked for, and two come at once only where a timer is later than
  // that.
  const writeInTime = (): void => {
    const early = begun + (written + 1) * plan.everyMs - sharedNow();
    setTimeout(
      () => {
        write();
        if (written < plan.tokens) writeInTime();
        else end();
      },
      Math.max(0, Math.ceil(early)),
    );
  };
  writeInTime();
}
