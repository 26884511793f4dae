/** What the element needs of a store, by shape: the real one, or one that a test plays by hand. */
import type { ChatStore, ChatStoreOptions } from '../state/chat-store.ts';

export type ConversationOptions = ChatStoreOptions;
export type ConversationChange = Parameters<NonNullable<ChatStoreOptions['onChange']>>[0];

/** A mapped type keeps only the public members, so that a class with private fields can be stood in for. */
export type Conversation = Pick<ChatStore, keyof ChatStore>;
