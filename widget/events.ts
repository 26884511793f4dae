/**
 * The events of `<ivy-chat>`: one class for each callback of the original hook, with the same payload as properties, and
 * one for the panel.
 * All bubble and cross shadow roots, so that a page can listen on any ancestor; none can be cancelled, because each
 * tells of something that has already happened.
 */
import type { MessageStatus, ThreadMessage } from '#protocol';
import type { ChatError } from './state/chat-snapshot.ts';

const FACT: EventInit = { bubbles: true, composed: true };

/** A user's message is in the conversation: this reader's, confirmed by the relay, or another participant's. */
export class IvyMessageEvent extends Event {
  readonly message: ThreadMessage;
  constructor(message: ThreadMessage) {
    super('ivy-message', FACT);
    this.message = message;
  }
}

/** More text of the answer that is being written. */
export class IvyTokenEvent extends Event {
  readonly content: string;
  constructor(content: string) {
    super('ivy-token', FACT);
    this.content = content;
  }
}

/** An answer ended: complete, stopped, interrupted or failed, with the text that was kept. */
export class IvyDoneEvent extends Event {
  readonly messageId: string;
  readonly fullContent: string;
  readonly status: MessageStatus;
  constructor(answer: ThreadMessage) {
    super('ivy-done', FACT);
    this.messageId = answer.id;
    this.fullContent = answer.content;
    this.status = answer.status;
  }
}

/** Something did not work. `error.message` is for developers; the element shows people a sentence of its own. */
export class IvyErrorEvent extends Event {
  readonly error: ChatError;
  constructor(error: ChatError) {
    super('ivy-error', FACT);
    this.error = error;
  }
}

/** The transcript was loaded, completed by older messages, or cleared. */
export class IvyHistoryEvent extends Event {
  readonly messages: readonly ThreadMessage[];
  constructor(messages: readonly ThreadMessage[]) {
    super('ivy-history', FACT);
    this.messages = messages;
  }
}

/** An answer began or ended. */
export class IvyStreamingChangeEvent extends Event {
  readonly isStreaming: boolean;
  constructor(isStreaming: boolean) {
    super('ivy-streaming-change', FACT);
    this.isStreaming = isStreaming;
  }
}

/** The connection to the relay was made or lost. */
export class IvyConnectionChangeEvent extends Event {
  readonly connected: boolean;
  constructor(connected: boolean) {
    super('ivy-connection-change', FACT);
    this.connected = connected;
  }
}

/** The panel of a launcher was opened or closed, by the reader or by the page. */
export class IvyOpenChangeEvent extends Event {
  readonly open: boolean;
  constructor(open: boolean) {
    super('ivy-open-change', FACT);
    this.open = open;
  }
}

export interface IvyChatEventMap {
  'ivy-message': IvyMessageEvent;
  'ivy-token': IvyTokenEvent;
  'ivy-done': IvyDoneEvent;
  'ivy-error': IvyErrorEvent;
  'ivy-history': IvyHistoryEvent;
  'ivy-streaming-change': IvyStreamingChangeEvent;
  'ivy-connection-change': IvyConnectionChangeEvent;
  'ivy-open-change': IvyOpenChangeEvent;
}

/* eslint-disable @typescript-eslint/no-empty-object-type -- merging into a global interface takes an interface */
declare global {
  // Bubbling brings them to every element above, so the types go where every listener looks.
  interface HTMLElementEventMap extends IvyChatEventMap {}
  interface DocumentEventMap extends IvyChatEventMap {}
}
