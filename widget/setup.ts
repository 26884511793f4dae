/** Reads what the page wrote on the tag: either the address of a conversation, or what is wrong, as a value. */
import { relayAddress, relayServer, type AddressFailure } from './client/relay-address.ts';
import type { ConversationAddress } from './controllers/conversation-controller.ts';
import { defaultRelayHost } from './relay-host.ts';
import type { ChatError } from './state/chat-snapshot.ts';

export interface Attributes {
  /** What a script set may be anything. */
  readonly threadId: unknown;
  readonly host: unknown;
  readonly token: unknown;
  readonly getToken: ((previous: string | undefined, threadId: string) => Promise<string>) | undefined;
  /** Asked where the page names no thread; undefined while it may still do so. */
  readonly visitorThread: (relay: string) => string | undefined;
}

export type Setup =
  /** `isVisitors`: the conversation is the visitor's own, and the page has named none. */
  | { readonly kind: 'ready'; readonly address: ConversationAddress; readonly isVisitors: boolean }
  /** The page says that it will name a thread later. */
  | { readonly kind: 'missing-thread' }
  /** It may still do so, or leave it to the visitor. */
  | { readonly kind: 'unsettled' }
  | { readonly kind: 'bad'; readonly failure: AddressFailure; readonly value: string };

/** For the developer. */
const MESSAGES: Readonly<Record<AddressFailure, string>> = {
  bad_thread_id: 'thread-id takes 1 to 128 letters, digits, hyphens and underscores',
  bad_host: 'host takes a server such as chat.example.com, with or without a port',
  insecure_host:
    'with a token, host takes an https server: over plain http everybody on the way could read it',
};

export function readSetup({ getToken, visitorThread, ...attributes }: Attributes): Setup {
  const relay = textOf(attributes.host)?.trim() ?? defaultRelayHost();
  // What was set to anything else, and were it to nothing, is the page's business.
  const isVisitors = attributes.threadId === null;
  const server = relayServer(relay);
  if (isVisitors && server === undefined) return { kind: 'bad', failure: 'bad_host', value: relay };
  const threadId = isVisitors && server !== undefined ? visitorThread(server) : textOf(attributes.threadId);
  if (threadId === undefined) return { kind: isVisitors ? 'unsettled' : 'missing-thread' };
  const token = textOf(attributes.token);
  const hasToken = token !== undefined || getToken !== undefined;
  const address = relayAddress(relay, threadId, hasToken);
  if (!address.ok) {
    const { failure } = address;
    return { kind: 'bad', failure, value: failure === 'bad_thread_id' ? threadId : relay };
  }
  return {
    kind: 'ready',
    isVisitors,
    address: {
      host: relay,
      threadId,
      token,
      getToken: getToken && ((previous) => getToken(previous, threadId)),
    },
  };
}

/** A number is as good as its digits; what is blank or no text is as if it were not there. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.trim() === '' ? undefined : text;
}

/** What `ivy-error` and the `error` property say about it; nothing is wrong with a thread that has yet to be named. */
export function setupError(setup: Setup): ChatError | undefined {
  if (setup.kind !== 'bad') return undefined;
  const message = MESSAGES[setup.failure];
  return { code: 'bad_frame', message, retryable: false, messageId: undefined, retryAfterMs: undefined };
}
