/**
 * The least that a room can be on the runtime that is deployed: PartyServer, one write for the question, and the agent's tokens
 * passed on as they come. What this takes is the platform's and its development server's. It runs in a Worker.
 */
import { routePartykitRequest, Server } from 'partyserver';
import { readServerSentEvents } from '../../partykit/upstream/sse.ts';

// The configuration names them.
export { IvyBudget, IvyMetrics } from '../../partykit/worker.ts';

export class IvyServer extends Server {
  static options = { hibernate: true };

  onConnect(connection) {
    connection.send(JSON.stringify({ type: 'history', messages: [], gen: 0, v: 1 }));
  }

  async onMessage(connection, message) {
    const { content } = JSON.parse(message);
    await this.ctx.storage.put(crypto.randomUUID(), content);
    const response = await fetch(`${this.env.AST_URL}/workflows/wf_ivy/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: content, threadId: this.name }),
    });
    const messageId = crypto.randomUUID();
    for await (const events of readServerSentEvents(response.body)) {
      for (const event of events.filter((data) => data !== '[DONE]')) {
        const { type, content: token } = JSON.parse(event);
        if (type === 'token') connection.send(JSON.stringify({ type, content: token, messageId }));
      }
    }
    connection.send(JSON.stringify({ type: 'streaming', isStreaming: false, messageId }));
  }
}

export default {
  async fetch(request, env) {
    return (await routePartykitRequest(request, env)) ?? new Response('ok');
  },
};
