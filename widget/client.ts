/** `ivy-chat/client`: a conversation without the element, for pages with a user interface of their own. No Lit, no DOM. */
export { IvyClient, type IvyClientCallbacks, type IvyClientOptions } from './client/ivy-client.ts';
export { ChatStore, type ChatStoreOptions } from './state/chat-store.ts';
export type { ChatError, ChatSnapshot, ConnectionState, PendingMessage } from './state/chat-snapshot.ts';
export type { ClientChange } from './client/callbacks.ts';
export type { GetToken } from './client/link.ts';
export type { KeyedStorage } from './client/unsent-shelf.ts';
/** For a line that is made again as soon as the network is back, and goes with the page. */
export { followPage, type PageLine } from './page-life.ts';
export { version } from './version.ts';
export type { ErrorCode, MessageStatus, Role, ThreadMessage } from '#protocol';
