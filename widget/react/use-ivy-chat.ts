/** The hook: gives a component its session, and the session what the component was last rendered with. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { IvyClientCallbacks } from '../client/callbacks.ts';
import type { GetToken } from '../client/link.ts';
import { ChatSession } from './chat-session.ts';
import type { ChatView } from './chat-view.ts';

export interface UseIvyChatOptions extends IvyClientCallbacks {
  /** The conversation; without one nothing is connected. Another one begins anew. */
  readonly threadId: string | null | undefined;
  /** False closes the line and keeps what is there. @default true */
  readonly enabled?: boolean | undefined;
  /** The relay's server: `chat.example.com`, or an address with a scheme. @default as of the element */
  readonly host?: string | undefined;
  /** A newer one goes on with the same connection. */
  readonly token?: string | undefined;
  /** Asked before each connection, and before a token runs out. */
  readonly getToken?: GetToken | undefined;
}

/**
 * A conversation with an agent, for as long as the component is there: connected, resumed and remembered like that of the
 * element. Renders at most once a frame while an answer is being written. The callbacks of the options are those of
 * `IvyClient`; the newest are called.
 */
export function useIvyChat(options: UseIvyChatOptions): ChatView {
  const [kept, keep] = useState(() => new ChatSession(options));
  const session = kept.isFor(options) ? kept : new ChatSession(options);
  if (session !== kept) keep(session);
  // Before the one that connects.
  useEffect(() => session.update(options));
  const { enabled = true } = options;
  return useSyncExternalStore(enabled ? session.hold : session.watch, session.view, session.firstView);
}
