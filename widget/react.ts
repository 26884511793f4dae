/** `ivy-chat/react`: the conversation as a hook, for a user interface made of React components. */
export { useIvyChat, type UseIvyChatOptions } from './react/use-ivy-chat.ts';
export type { ChatView, ViewMessage } from './react/chat-view.ts';
export type { IvyClientCallbacks } from './client/callbacks.ts';
export type { ChatError } from './client/chat-error.ts';
export type { GetToken } from './client/link.ts';
export type { ErrorCode, MessageStatus, Role, ThreadMessage } from '#protocol';
