/** Reads what the page wrote on the tag: either the address of a conversation, or what is wrong, as a value. */
import { relayAddress } from './client/relay-address.ts';
import type { ConversationAddress } from './controllers/conversation-controller.ts';
import { defaultRelayHost } from './relay-host.ts';
import type { ChatError } from './state/chat-snapshot.ts';

export interface Attributes {
  /** What a script set may be anything. */
  readonly threadId: unknown;
  readonly host: unknown;
  readonly token: unknown;
  readonly getToken: ConversationAddress['getToken'];
}

export type Setup =
  | { readonly kind: 'ready'; readonly address: ConversationAddress }
  /** No thread yet: a page may well set it later. */
  | { readonly kind: 'missing-thread' }
  | { readonly kind: 'bad-thread'; readonly value: string }
  /** `isPlain`: it would be one, if there were no token to keep from those on the way. */
  | { readonly kind: 'bad-host'; readonly value: string; readonly isPlain: boolean };

export function readSetup({ getToken, ...attributes }: Attributes): Setup {
  const threadId = textOf(attributes.threadId);
  if (threadId === undefined) return { kind: 'missing-thread' };
  const relay = textOf(attributes.host)?.trim() ?? defaultRelayHost();
  const token = textOf(attributes.token);
  const hasToken = token !== undefined || getToken !== undefined;
  const address = relayAddress(relay, threadId, hasToken);
  if (!address.ok && address.failure === 'bad_thread_id') return { kind: 'bad-thread', value: threadId };
  if (!address.ok) {
    return { kind: 'bad-host', value: relay, isPlain: address.failure === 'insecure_host' };
  }
  return {
    kind: 'ready',
    address: { host: relay, threadId, token, getToken },
  };
}

/** A number is as good as its digits; what is blank or no text is as if it were not there. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.trim() === '' ? undefined : text;
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
      return setup.isPlain
        ? 'with a token, host takes an https server: over plain http everybody on the way could read it'
        : 'host takes a server such as chat.example.com, with or without a port';
  }
}
