/**
 * A relay of the original design, as somebody may still run it: six frames with their original fields and no others, ids of
 * its own making, rooms in memory, the agent's stream read line by line. Our client has to work with it, so it must not be
 * changed to suit our client.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocketServer, type WebSocket } from 'ws';

export interface OriginalRelayOptions {
  /** Asked when it is needed. */
  readonly agentUrl: () => string;
  /** What it does with a frame type that it does not know. */
  readonly unknownTypes: 'error' | 'ignore';
}

interface Message {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  timestamp: number;
}

type Frame =
  | { type: 'history'; messages: Message[] }
  | ({ type: 'message' } & Message)
  | { type: 'streaming'; isStreaming: boolean }
  | { type: 'token'; content: string }
  | { type: 'done'; messageId: string; fullContent: string }
  | { type: 'error'; message: string };

interface ClientFrame {
  type: string;
  content?: string;
}

interface AgentEvent {
  type: string;
  content?: string;
}

class OriginalRoom {
  readonly sockets = new Set<WebSocket>();
  private messages: Message[] = [];
  private readonly threadId: string;
  private readonly relay: OriginalRelay;

  constructor(relay: OriginalRelay, threadId: string) {
    this.relay = relay;
    this.threadId = threadId;
  }

  connect(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as ClientFrame;
      this.relay.received.push(frame);
      void this.receive(socket, frame);
    });
    this.send(socket, { type: 'history', messages: this.messages });
  }

  private async receive(socket: WebSocket, frame: ClientFrame): Promise<void> {
    switch (frame.type) {
      case 'message':
        return this.answer(frame.content ?? '');
      case 'history':
        this.send(socket, { type: 'history', messages: this.messages });
        return;
      case 'clear':
        this.messages = [];
        this.broadcast({ type: 'history', messages: [] });
        return;
      default:
        if (this.relay.options.unknownTypes === 'error') {
          this.send(socket, { type: 'error', message: `Unknown message type: ${frame.type}` });
        }
    }
  }

  private async answer(content: string): Promise<void> {
    const question: Message = { id: randomUUID(), role: 'user', content, timestamp: Date.now() };
    this.messages.push(question);
    this.broadcast({ type: 'message', ...question });
    this.broadcast({ type: 'streaming', isStreaming: true });
    try {
      const fullContent = await this.stream(content);
      const answer: Message = {
        id: randomUUID(),
        role: 'assistant',
        content: fullContent,
        timestamp: Date.now(),
      };
      this.messages.push(answer);
      this.broadcast({ type: 'done', messageId: answer.id, fullContent });
    } catch (error) {
      this.broadcast({ type: 'error', message: error instanceof Error ? error.message : 'Unknown error' });
    }
    this.broadcast({ type: 'streaming', isStreaming: false });
  }

  private async stream(message: string): Promise<string> {
    const response = await fetch(`${this.relay.options.agentUrl()}/workflows/wf_ivy/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message, threadId: this.threadId }),
    });
    if (!response.ok || response.body === null) throw new Error(`AST error: ${response.status}`);
    let fullContent = '';
    let buffer = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      buffer += decoder.decode(chunk, { stream: true });
      const lines = buffer.split('\n');
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
        const event = JSON.parse(line.slice('data: '.length)) as AgentEvent;
        if (event.type !== 'token' || event.content === undefined) continue;
        fullContent += event.content;
        this.broadcast({ type: 'token', content: event.content });
      }
    }
    return fullContent;
  }

  private broadcast(frame: Frame): void {
    for (const socket of this.sockets) this.send(socket, frame);
  }

  private send(socket: WebSocket, frame: Frame): void {
    socket.send(JSON.stringify(frame));
  }
}

export class OriginalRelay {
  readonly options: OriginalRelayOptions;
  /** Every frame that a client has sent. */
  readonly received: ClientFrame[] = [];
  private readonly rooms = new Map<string, OriginalRoom>();
  private server: WebSocketServer | undefined;

  constructor(options: OriginalRelayOptions) {
    this.options = options;
  }

  get port(): number {
    const address = this.server?.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async start(): Promise<void> {
    this.server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    this.server.on('connection', (socket, request) => {
      const threadId = /^\/parties\/main\/ivy_([^/?]+)/.exec(request.url ?? '')?.[1];
      if (threadId === undefined) {
        socket.close();
        return;
      }
      const room = this.rooms.get(threadId) ?? new OriginalRoom(this, threadId);
      this.rooms.set(threadId, room);
      room.connect(socket);
    });
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    for (const socket of this.server?.clients ?? []) socket.terminate();
    this.server?.close();
    if (this.server !== undefined) await once(this.server, 'close');
  }
}
