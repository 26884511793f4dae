/** Reads what the page wrote on the tag: either the address of a conversation, or what is wrong, as a value. */
import { relayAddress } from './client/relay-address.ts';
import type { ConversationAddress } from './controllers/conversation-controller.ts';
import { defaultRelayHost } from './relay-host.ts';
import type { ChatError } from './state/chat-snapshot.ts';

export interface Attributes {
  readonly threadId: string | null;
  readonly host: string | null;
  readonly token: string | null;
  readonly getToken: ConversationAddress['getToken'];
}

export type Setup =
  | { readonly kind: 'ready'; readonly address: ConversationAddress }
  /** No thread yet: a page may well set it later. */
  | { readonly kind: 'missing-thread' }
  | { readonly kind: 'bad-thread' | 'bad-host'; readonly value: string };

export function readSetup({ threadId, host, token, getToken }: Attributes): Setup {
  if (threadId === null || threadId === '') return { kind: 'missing-thread' };
  const relay = host === null || host.trim() === '' ? defaultRelayHost() : host.trim();
  const address = relayAddress(relay, threadId);
  if (!address.ok && address.failure === 'bad_thread_id') return { kind: 'bad-thread', value: threadId };
  if (!address.ok) return { kind: 'bad-host', value: relay };
  return {
    kind: 'ready',
    address: { host: relay, threadId, token: token === '' || token === null ? undefined : token, getToken },
  };
}

/** What `ivy-error` and the `error` property say about it; nothing is wrong with a thread that has yet to be named. */
export function setupError(setup: Setup): ChatError | undefined {
  const message = setupMessage(setup);
  if (message === undefined) return undefined;
  return { code: 'bad_frame', message, retryable: false, messageId: undefined, retryAfterMs: undefined };
}

function setupMessage(setup: Setup): string | undefined {
  switch (setup.kind) {
    case 'ready':
    case 'missing-thread':
      return undefined;
    case 'bad-thread':
      return 'thread-id takes 1 to 128 letters, digits, hyphens and underscores';
    case 'bad-host':
      return 'host takes a server such as chat.example.com, with or without a port';
  }
}
