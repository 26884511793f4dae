/** The peers, each driven through its own public hooks. */
import type * as streamdownPage from '../peers/streamdown-page.ts';
import type { PageState } from '../peers/streamdown-page.ts';
import { answerFetch, jsonResponse, StreamedResponse } from './streamed-response.ts';
import {
  ask,
  lastOf,
  nextFrame,
  until,
  type PastMessage,
  type Subject,
  type ThreadSubject,
} from './subject.ts';

const QUESTION = 'Tell me all of it.';

interface DeepChatSignals {
  readonly onOpen: () => void;
  readonly onResponse: (response: { readonly text: string }) => void;
  readonly onClose: () => void;
}

interface DeepChatElement extends HTMLElement {
  connect: object;
  history: readonly object[];
  submitUserMessage(message: { readonly text: string }): void;
}

async function deepChat(place: HTMLElement, properties: object): Promise<DeepChatElement> {
  await load('/peers/deep-chat/deepChat.bundle.js');
  const chatStyle = { width: '100%', height: '100vh', border: 'none' };
  const chat = document.createElement('deep-chat') as DeepChatElement;
  Object.assign(chat, { chatStyle, ...properties });
  place.append(chat);
  return chat;
}

export class DeepChat implements Subject {
  readonly #stream: boolean | { readonly partialRender: true };
  #chat: DeepChatElement | undefined;
  #signals: DeepChatSignals | undefined;

  constructor({ partialRender }: { readonly partialRender: boolean }) {
    this.#stream = partialRender ? { partialRender } : true;
  }

  async mount(place: HTMLElement): Promise<void> {
    const handler = (_body: unknown, signals: DeepChatSignals): void => {
      this.#signals = signals;
      signals.onOpen();
    };
    this.#chat = await deepChat(place, { connect: { stream: this.#stream, handler } });
    await until(() => lastOf(this.#chat?.shadowRoot, '#text-input'), 'field');
    await nextFrame();
  }

  async begin(): Promise<void> {
    this.#chat?.submitUserMessage({ text: QUESTION });
    await until(() => this.#signals, 'request');
  }

  piece(text: string): () => void {
    return () => this.#signals?.onResponse({ text });
  }

  end(): void {
    this.#signals?.onClose();
  }

  answer(): Node | undefined {
    return lastOf(this.#chat?.shadowRoot, '.ai-message-text');
  }
}

export class DeepChatThread implements ThreadSubject {
  #chat: DeepChatElement | undefined;

  async prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    const history = messages.map(({ isAnswer, text }) => ({ role: isAnswer ? 'ai' : 'user', text }));
    await load('/peers/deep-chat/deepChat.bundle.js');
    return () => void deepChat(place, { connect: {}, history }).then((chat) => (this.#chat = chat));
  }

  scroller(): Element | undefined {
    return lastOf(this.#chat?.shadowRoot, '#messages');
  }

  newest(): Node | undefined {
    return lastOf(this.#chat?.shadowRoot, '.message-bubble');
  }
}

const WEBHOOK = 'http://peer.test/webhook';

async function n8n(place: HTMLElement, options: object): Promise<void> {
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/peers/n8n/style.css';
  document.head.append(style);
  const { createChat } = (await load('/peers/n8n/chat.bundle.es.js')) as {
    createChat: (options: object) => void;
  };
  createChat({ webhookUrl: WEBHOOK, target: place, mode: 'fullscreen', initialMessages: [], ...options });
}

export class N8nChat implements Subject {
  readonly #stream = new StreamedResponse('application/json');
  #isAsked = false;

  async mount(place: HTMLElement): Promise<void> {
    answerFetch((url, body) => {
      if (url.href !== WEBHOOK) return undefined;
      if (body.includes('loadPreviousSession')) return jsonResponse({ data: [] });
      this.#isAsked = true;
      return this.#stream.response;
    });
    await n8n(place, { enableStreaming: true, loadPreviousSession: true });
    await until(() => lastOf(document, '.chat-input textarea'), 'field');
    await nextFrame();
  }

  async begin(): Promise<void> {
    const field = lastOf(document, '.chat-input textarea');
    if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no field.');
    ask(field);
    await nextFrame();
    await until(() => (this.#isAsked ? true : undefined), 'request');
    this.#chunk('begin')();
  }

  piece(text: string): () => void {
    return this.#chunk('item', text);
  }

  end(): void {
    this.#chunk('end')();
    this.#stream.end();
  }

  answer(): Node | undefined {
    // Its dots, while it waits, are a message too.
    return lastOf(document, '.chat-message-from-bot .chat-message-markdown');
  }

  #chunk(type: string, content?: string): () => void {
    const metadata = { nodeId: 'agent', nodeName: 'Agent', timestamp: 0, runIndex: 0, itemIndex: 0 };
    const bytes = this.#stream.encode(`${JSON.stringify({ type, content, metadata })}\n`);
    return () => this.#stream.write(bytes);
  }
}

export class N8nThread implements ThreadSubject {
  async prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    const data = messages.map(({ isAnswer, text }) => ({
      id: ['langchain', isAnswer ? 'AIMessage' : 'HumanMessage'],
      kwargs: { content: text },
    }));
    answerFetch((url) => (url.href === WEBHOOK ? jsonResponse({ data }) : undefined));
    await load('/peers/n8n/chat.bundle.es.js');
    return () => void n8n(place, { loadPreviousSession: true });
  }

  scroller(): Element | undefined {
    return lastOf(document, '.chat-layout > .chat-body');
  }

  newest(): Node | undefined {
    return lastOf(document, '.chat-message');
  }
}

const FLOW = 'bench';
const FLOWISE_HOST = 'http://flowise.test';

async function flowise(): Promise<void> {
  const { default: chatbot } = (await load('/peers/flowise/web.js')) as {
    default: { initFull(properties: object): void };
  };
  chatbot.initFull({
    chatflowid: FLOW,
    apiHost: FLOWISE_HOST,
    theme: { chatWindow: { welcomeMessage: '' } },
  });
}

/** @param predict answers a question */
function answerFlowise(predict: () => Response): void {
  answerFetch((url) => {
    if (url.origin !== FLOWISE_HOST) return undefined;
    if (url.pathname.includes('/chatflows-streaming/')) return jsonResponse({ isStreaming: true });
    return url.pathname.includes('/prediction/') ? predict() : jsonResponse({});
  });
}

function flowiseRoot(): ShadowRoot | null | undefined {
  return document.querySelector('flowise-fullchatbot')?.shadowRoot;
}

async function placeFlowise(place: HTMLElement): Promise<void> {
  // It is put where its tag is, and is as large as that.
  const tag = document.createElement('flowise-fullchatbot');
  tag.style.cssText = 'display: block; inline-size: 100%; block-size: 100%;';
  place.append(tag);
  await flowise();
}

export class Flowise implements Subject {
  readonly #stream = new StreamedResponse('text/event-stream');
  #isAsked = false;

  async mount(place: HTMLElement): Promise<void> {
    answerFlowise(() => {
      this.#isAsked = true;
      return this.#stream.response;
    });
    await placeFlowise(place);
    await until(() => lastOf(flowiseRoot(), 'textarea'), 'field');
    await nextFrame();
  }

  async begin(): Promise<void> {
    const field = lastOf(flowiseRoot(), 'textarea');
    if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no field.');
    // It has no key handler before it has asked its service.
    await new Promise((resolve) => setTimeout(resolve, 500));
    ask(field);
    await until(() => (this.#isAsked ? true : undefined), 'request');
    this.#event('start', '')();
  }

  piece(text: string): () => void {
    return this.#event('token', text);
  }

  end(): void {
    this.#event('end', '[DONE]')();
    this.#stream.end();
  }

  answer(): Node | undefined {
    return lastOf(flowiseRoot(), '.chatbot-host-bubble');
  }

  #event(event: string, data: string): () => void {
    const bytes = this.#stream.encode(`message:\ndata:${JSON.stringify({ event, data })}\n\n`);
    return () => this.#stream.write(bytes);
  }
}

export class FlowiseThread implements ThreadSubject {
  async prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    answerFlowise(() => jsonResponse({}));
    const chatHistory = messages.map(({ isAnswer, text }, index) => ({
      messageId: `m${String(index)}`,
      message: text,
      type: isAnswer ? 'apiMessage' : 'userMessage',
    }));
    localStorage.setItem(`${FLOW}_EXTERNAL`, JSON.stringify({ chatId: 'bench', chatHistory }));
    await load('/peers/flowise/web.js');
    return () => void placeFlowise(place);
  }

  scroller(): Element | undefined {
    return lastOf(flowiseRoot(), '.chatbot-chat-view');
  }

  newest(): Node | undefined {
    return [lastOf(flowiseRoot(), '.chatbot-host-bubble, .chatbot-guest-bubble')].at(0);
  }
}

async function streamdown(place: HTMLElement): Promise<(state: PageState) => void> {
  const { mountPage } = (await load('/streamdown-page.js')) as typeof streamdownPage;
  return mountPage(place);
}

export class StreamdownChat implements Subject {
  #show: ((state: PageState) => void) | undefined;
  #text = '';

  async mount(place: HTMLElement): Promise<void> {
    this.#show = await streamdown(place);
    this.#show({ messages: [], isWriting: false });
    await until(() => lastOf(document, 'textarea'), 'field');
  }

  begin(): Promise<void> {
    this.#draw(true);
    return Promise.resolve();
  }

  piece(text: string): () => void {
    return () => {
      this.#text += text;
      this.#draw(true);
    };
  }

  end(): void {
    this.#draw(false);
  }

  answer(): Node | undefined {
    return lastOf(document, '.answer');
  }

  #draw(isWriting: boolean): void {
    const question = { id: 'question', isAnswer: false, text: QUESTION };
    this.#show?.({ messages: [question, { id: 'answer', isAnswer: true, text: this.#text }], isWriting });
  }
}

export class StreamdownThread implements ThreadSubject {
  async prepare(place: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    const show = await streamdown(place);
    show({ messages: [], isWriting: false });
    const all = messages.map((message, index) => ({ ...message, id: `m${String(index)}` }));
    return () => show({ messages: all, isWriting: false });
  }

  scroller(): Element | undefined {
    return lastOf(document, '.list');
  }

  newest(): Node | undefined {
    return lastOf(document, '.list > *');
  }
}

/** Imports a module by its address, which the build cannot know. */
function load(address: string): Promise<unknown> {
  return import(/* @vite-ignore */ address);
}
