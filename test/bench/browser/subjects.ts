/** What is measured in a browser, by the name that it has in the page, and what it is called in tables. */

export interface MeasuredSubject {
  readonly id: string;
  readonly name: string;
  /** Whether packages of peers are needed for it. */
  readonly isPeer: boolean;
  /** Whether its cost per token grows so much that fewer runs have to do. */
  readonly isSlow: boolean;
}

export const IVY_CHAT = 'ivy-chat';
export const REFERENCE = 'kept blocks';
export const FLOOR = 'plain text (floor)';

export const STREAMING_SUBJECTS: readonly MeasuredSubject[] = [
  { id: 'ivy-chat', name: IVY_CHAT, isPeer: false, isSlow: false },
  { id: 'kept-blocks', name: REFERENCE, isPeer: false, isSlow: false },
  { id: 'text-append', name: FLOOR, isPeer: false, isSlow: false },
  { id: 'streamdown', name: 'React + streamdown', isPeer: true, isSlow: false },
  { id: 'deep-chat-partial', name: 'deep-chat (partial)', isPeer: true, isSlow: false },
  { id: 'deep-chat', name: 'deep-chat', isPeer: true, isSlow: true },
  { id: 'n8n', name: '@n8n/chat', isPeer: true, isSlow: true },
  { id: 'flowise', name: 'flowise-embed', isPeer: true, isSlow: true },
];

export const THREAD_SUBJECTS: readonly MeasuredSubject[] = [
  { id: 'ivy-chat', name: IVY_CHAT, isPeer: false, isSlow: false },
  { id: 'plain-text', name: 'newest 50 as plain text (floor)', isPeer: false, isSlow: false },
  { id: 'streamdown', name: 'React + streamdown', isPeer: true, isSlow: true },
  { id: 'deep-chat', name: 'deep-chat', isPeer: true, isSlow: true },
  { id: 'n8n', name: '@n8n/chat', isPeer: true, isSlow: true },
  { id: 'flowise', name: 'flowise-embed', isPeer: true, isSlow: true },
];
