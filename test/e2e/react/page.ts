/** The page of these tests: React as developers run it, with a component that shows what the hook gives it. */
import { createElement, StrictMode, useEffect, useState, type ReactElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { useIvyChat, type ChatView, type UseIvyChatOptions } from '../../../widget/react.ts';

/** What a test holds in the page. */
export interface ReactPage {
  /** As it was committed last. */
  chat: ChatView;
  /** An earlier one, put here by a test. */
  kept?: ChatView;
  /** How often something was committed. */
  commits: number;
  /** How many frames were drawn since the page began. */
  frames: number;
  /** How often `onToken` was called. */
  tokens: number;
  /** Sockets that were opened, and those that are open. */
  readonly sockets: { made: number; open: number };
  /** What callbacks were called with: those of the first render, and later ones. */
  readonly heard: string[];
  /** What React says while it hydrates. */
  readonly mismatches: string[];
  show(options: Partial<UseIvyChatOptions>): void;
  hide(): void;
}

declare global {
  var react: ReactPage;
}

const sockets = { made: 0, open: 0 };
globalThis.WebSocket = class extends WebSocket {
  constructor(...address: ConstructorParameters<typeof WebSocket>) {
    super(...address);
    sockets.made += 1;
    this.addEventListener('open', () => (sockets.open += 1));
    this.addEventListener('close', () => (sockets.open -= 1));
  }
};

function Chat(options: UseIvyChatOptions): ReactElement {
  const chat = useIvyChat(options);
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  useEffect(() => {
    globalThis.react.chat = chat;
    globalThis.react.commits += 1;
  });
  const turns = chat.messages.map(({ id, content }) => createElement('p', { key: id }, content));
  return createElement('main', { 'data-mounted': isMounted }, turns, chat.streamingContent);
}

function app(options: UseIvyChatOptions): ReactElement {
  return createElement(StrictMode, undefined, createElement(Chat, options));
}

const mismatches: string[] = [];
const place = document.querySelector('#app') ?? document.body;
const first: UseIvyChatOptions = { threadId: undefined };
const root =
  place.firstElementChild === null
    ? createRoot(place)
    : hydrateRoot(place, app(first), {
        onRecoverableError: (error) => mismatches.push(String(error)),
      });

globalThis.react = {
  chat: {
    messages: [],
    isStreaming: false,
    isConnected: false,
    streamingContent: '',
    error: null,
    sendMessage: () => undefined,
    clearMessages: () => undefined,
  },
  commits: 0,
  frames: 0,
  tokens: 0,
  sockets,
  heard: [],
  mismatches,
  show: (options) => root.render(app({ ...first, host: location.host, ...options })),
  hide: () => root.render(null),
};

const count = (): void => {
  globalThis.react.frames += 1;
  requestAnimationFrame(count);
};
requestAnimationFrame(count);
