/**
 * The client of the original design, written as its users would have from its description alone: it knows six frames and none
 * of the fields that were added since, and sends no `v`. It is a stand-in for code that is out there and cannot be changed,
 * so it must not be changed to suit the relay either.
 */
import PartySocket from 'partysocket';
import { WebSocket } from 'ws';

export interface OriginalMessage {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  timestamp: number;
}

type OriginalFrame =
  | { type: 'history'; messages: OriginalMessage[] }
  | ({ type: 'message' } & OriginalMessage)
  | { type: 'streaming'; isStreaming: boolean }
  | { type: 'token'; content: string }
  | { type: 'done'; messageId: string; fullContent: string }
  | { type: 'error'; message: string };

export interface OriginalClientOptions {
  host: string;
  threadId: string;
  onMessage?: (message: OriginalMessage) => void;
  onToken?: (content: string) => void;
  onDone?: (messageId: string, fullContent: string) => void;
  onError?: (error: string) => void;
  onHistory?: (messages: OriginalMessage[]) => void;
  onStreamingChange?: (isStreaming: boolean) => void;
  onConnectionChange?: (connected: boolean) => void;
}

/** Socket and callbacks. */
export class OriginalClient {
  private readonly options: OriginalClientOptions;
  private readonly socket: PartySocket;

  constructor(options: OriginalClientOptions) {
    this.options = options;
    this.socket = new PartySocket({
      host: options.host,
      room: `ivy_${options.threadId}`,
      WebSocket,
    });
    this.socket.addEventListener('open', () => options.onConnectionChange?.(true));
    this.socket.addEventListener('close', () => options.onConnectionChange?.(false));
    this.socket.addEventListener('message', (event: MessageEvent<string>) => {
      this.handle(JSON.parse(event.data) as OriginalFrame);
    });
  }

  sendMessage(content: string): void {
    this.socket.send(JSON.stringify({ type: 'message', content }));
  }

  requestHistory(): void {
    this.socket.send(JSON.stringify({ type: 'history' }));
  }

  clearMessages(): void {
    this.socket.send(JSON.stringify({ type: 'clear' }));
  }

  disconnect(): void {
    this.socket.close();
  }

  private handle(frame: OriginalFrame): void {
    const options = this.options;
    switch (frame.type) {
      case 'history':
        return options.onHistory?.(frame.messages);
      case 'message':
        return options.onMessage?.({
          id: frame.id,
          role: frame.role,
          content: frame.content,
          timestamp: frame.timestamp,
        });
      case 'streaming':
        return options.onStreamingChange?.(frame.isStreaming);
      case 'token':
        return options.onToken?.(frame.content);
      case 'done':
        return options.onDone?.(frame.messageId, frame.fullContent);
      case 'error':
        return options.onError?.(frame.message);
      default:
        return undefined;
    }
  }
}

/** What the original hook kept for its view, and when it changed. */
export class OriginalChat {
  messages: OriginalMessage[] = [];
  streamingContent = '';
  isStreaming = false;
  isConnected = false;
  error: string | null = null;
  /** How many histories have come. */
  histories = 0;
  readonly client: OriginalClient;

  constructor(host: string, threadId: string, onChange: () => void) {
    const changed =
      <Parameters extends unknown[]>(change: (...parameters: Parameters) => void) =>
      (...parameters: Parameters): void => {
        change(...parameters);
        onChange();
      };
    this.client = new OriginalClient({
      host,
      threadId,
      onMessage: changed((message) => this.add(message)),
      onToken: changed((content) => {
        this.streamingContent += content;
      }),
      onDone: changed((messageId, fullContent) => {
        this.streamingContent = '';
        this.add({ id: messageId, role: 'assistant', content: fullContent, timestamp: Date.now() });
      }),
      onError: changed((error) => {
        this.error = error;
      }),
      onHistory: changed((messages) => {
        this.messages = messages;
        this.histories += 1;
      }),
      onStreamingChange: changed((isStreaming) => {
        this.isStreaming = isStreaming;
      }),
      onConnectionChange: changed((connected) => {
        this.isConnected = connected;
      }),
    });
  }

  private add(message: OriginalMessage): void {
    if (this.messages.some(({ id }) => id === message.id)) return;
    this.messages = [...this.messages, message];
  }
}
