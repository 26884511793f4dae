/**
 * The public element: its attributes, methods and events, and the shell around the views. What is known about the
 * conversation comes from the store, through the controller; what people see and press is in `elements/`.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ThreadMessage } from '#protocol';
import { Announcer } from './controllers/announcer.ts';
import { ConversationController } from './controllers/conversation-controller.ts';
import type { Conversation, ConversationChange, ConversationOptions } from './controllers/conversation.ts';
import { LinkController } from './controllers/link-controller.ts';
import { endingOf } from './elements/answer-turn.ts';
import type { ComposerElement } from './elements/composer.ts';
import { clearConfirmation } from './elements/confirmation.ts';
import { badAttribute, greeting, missingThread } from './elements/empty-state.ts';
import { errorNotice } from './elements/error-notice.ts';
import { header } from './elements/header.ts';
import { linkNotice } from './elements/link-notice.ts';
import { spokenText } from './elements/spoken-text.ts';
import type { ChatActions, ViewContext } from './elements/view-context.ts';
import { eventOfChange } from './event-of-change.ts';
import { IvyErrorEvent } from './events.ts';
import { Language } from './i18n/language.ts';
import { errorSentence, type Translation } from './i18n/translation.ts';
import { pageStorage } from './page-storage.ts';
import { readSetup, setupError, type Setup } from './setup.ts';
import type { ChatError } from './state/chat-snapshot.ts';
import { ChatStore } from './state/chat-store.ts';
import { chatStyles } from './styles/chat.styles.ts';

export type Theme = 'auto' | 'light' | 'dark';

/**
 * A conversation with an agent: streamed, resumed and remembered by the relay that it is connected to.
 *
 * @tagname ivy-chat
 * @summary A chat with an agent, in one tag.
 *
 * @attr {string} thread-id - The conversation: 1 to 128 letters, digits, hyphens and underscores. Required.
 * @attr {string} host - The relay's server. [where the script came from]
 * @attr {string} token - A token that the relay accepts, where it asks for one.
 * @attr {string} locale - Language of the words and times. [the nearest `lang`, else the browser's]
 * @attr {'auto'|'light'|'dark'} theme - Colours; `auto` follows the reader's system. [auto]
 * @attr {string} heading - The name in the top line.
 * @attr {string} placeholder - What the empty composer says.
 * @attr {string} greeting - What the empty conversation says.
 * @attr {boolean} disabled - People can read but not write. The page can still send.
 *
 * @slot header-start - Before the heading: a logo or a face.
 * @slot header-end - At the end of the top line: actions of the page's own.
 * @slot empty - Instead of the greeting.
 * @slot footer - Below the composer: a note or a link.
 *
 * @fires {IvyMessageEvent} ivy-message - A user's message is in the conversation.
 * @fires {IvyTokenEvent} ivy-token - More text of the answer that is being written.
 * @fires {IvyDoneEvent} ivy-done - An answer ended.
 * @fires {IvyErrorEvent} ivy-error - Something did not work.
 * @fires {IvyHistoryEvent} ivy-history - The transcript was loaded, completed or cleared.
 * @fires {IvyStreamingChangeEvent} ivy-streaming-change - An answer began or ended.
 * @fires {IvyConnectionChangeEvent} ivy-connection-change - The connection was made or lost.
 *
 * @csspart chat - The whole widget.
 * @csspart header - The top line.
 * @csspart heading - The name in it.
 * @csspart status - The dot that tells whether the chat is connected.
 * @csspart clear-button - Deletes the conversation, after asking.
 * @csspart connection - The notice about a connection that is not there.
 * @csspart transcript - The part that scrolls.
 * @csspart empty - The greeting, or what is missing on the tag.
 * @csspart message - A turn of either side.
 * @csspart message-user - A turn of a person.
 * @csspart message-assistant - A turn of the assistant.
 * @csspart bubble - The text of a person's turn.
 * @csspart answer - The text of an assistant's turn.
 * @csspart typing - The sign that an answer is being worked on.
 * @csspart problem - Why a turn failed or broke off, with what can be done.
 * @csspart jump-button - Takes the reader to the end.
 * @csspart error - An error that belongs to no turn.
 * @csspart composer - The card that a message is written in.
 * @csspart input - The text field in it.
 * @csspart send-button - Sends the message.
 * @csspart stop-button - Stops the answer.
 * @csspart confirmation - The question before the conversation is deleted.
 * @csspart code-block - A block of code in an answer.
 * @csspart copy-button - Puts it into the clipboard.
 * @csspart table - A table in an answer.
 *
 * @cssprop --ivy-accent - The brand's colour; bubbles, links and buttons are made of it. [#1f7a55]
 * @cssprop --ivy-height - Height of the element, where the page's own rule for it sets none. [560px]
 * @cssprop --ivy-content-width - The widest that a line of the conversation becomes. [720px]
 * @cssprop --ivy-radius - Roundness of the outer corners. [16px]
 * @cssprop --ivy-font - Font family. [the system's]
 * @cssprop --ivy-font-mono - Font family of code. [the system's]
 * @cssprop --ivy-font-size - Size that all others follow. [15px]
 * @cssprop --ivy-surface - Ground of the widget.
 * @cssprop --ivy-surface-raised - Ground of what lies on it: composer, buttons, questions.
 * @cssprop --ivy-surface-sunken - Ground of what is let into it: code, heads of tables.
 * @cssprop --ivy-text - Text.
 * @cssprop --ivy-text-muted - Text of less weight: times, notes.
 * @cssprop --ivy-border - Quiet lines.
 * @cssprop --ivy-border-strong - Lines around what can be pressed or written in.
 * @cssprop --ivy-bubble - Ground of a person's message. [a share of the accent]
 * @cssprop --ivy-bubble-text - Text on it.
 * @cssprop --ivy-danger - What went wrong or deletes.
 */
export class IvyChatElement extends LitElement {
  static override readonly styles = chatStyles;

  /** Where stores come from; a test puts one here that it plays by hand. */
  static createStore: (options: ConversationOptions) => Conversation = (options) =>
    new ChatStore({ ...options, storage: pageStorage() });

  @property({ attribute: 'thread-id' }) threadId: string | null = null;
  @property() host: string | null = null;
  @property() token: string | null = null;
  @property() locale: string | null = null;
  @property() theme: Theme = 'auto';
  @property() heading: string | null = null;
  @property() placeholder: string | null = null;
  @property() greeting: string | null = null;
  @property({ type: Boolean }) disabled = false;
  /** Asked for a token whenever one is needed; `previous` is the one that was refused or has run out. */
  @property({ attribute: false }) getToken: ((previous: string | undefined) => Promise<string>) | undefined;

  @state() private confirming = false;

  @query('ivy-chat-composer') private readonly composer!: ComposerElement | null;

  readonly #conversation = new ConversationController(this, {
    createStore: (options) => (this.constructor as typeof IvyChatElement).createStore(options),
    changed: (change) => this.#onChange(change),
  });
  readonly #link = new LinkController(this);
  readonly #language = new Language(this);
  readonly #announcer = new Announcer(this);
  readonly #actions: ChatActions = {
    send: (content) => this.sendMessage(content),
    stop: () => this.stop(),
    retry: (messageId) => this.retry(messageId),
    clear: () => this.clearMessages(),
    resend: (pendingId) => this.#conversation.store?.resend(pendingId),
    discard: (pendingId) => this.#conversation.store?.discard(pendingId),
    loadOlder: () => this.#conversation.store?.loadOlder(),
  };

  #setup: Setup = { kind: 'missing-thread' };
  #setupError: ChatError | undefined;
  #view: ViewContext | undefined;
  #pointing = false;

  /** The conversation as the relay has it, oldest first; only what has been loaded. */
  get messages(): readonly ThreadMessage[] {
    return this.#conversation.snapshot.messages;
  }

  /** Whether an answer is being written. */
  get isStreaming(): boolean {
    return this.#conversation.snapshot.isStreaming;
  }

  /** The text of that answer so far. */
  get streamingContent(): string {
    return this.#conversation.snapshot.streamingContent;
  }

  /** The last thing that went wrong and is still the case. */
  get error(): ChatError | undefined {
    return this.#setupError ?? this.#conversation.snapshot.error;
  }

  /** Whether the relay is connected and history has arrived; `isConnected` tells whether the element is in a page. */
  get connected(): boolean {
    return this.#conversation.snapshot.connection === 'open';
  }

  /** Sends a message as the reader. A blank one is ignored. */
  sendMessage(content: string): void {
    if (content.trim() !== '') this.#ask((store) => store.send(content));
  }

  /** Deletes the conversation, for everyone in it, without asking. */
  clearMessages(): void {
    this.#ask((store) => store.clear());
  }

  /** Stops the answer that is being written, for everyone. */
  stop(): void {
    this.#ask((store) => store.stop());
  }

  /** Answers a user's message again; without an id the last one that has no complete answer. */
  retry(messageId?: string): void {
    this.#ask((store) => store.retry(messageId));
  }

  /** Puts the caret in the composer. */
  override focus(options?: FocusOptions): void {
    this.composer?.focus(options);
  }

  protected override willUpdate(): void {
    this.#setup = readSetup({
      threadId: this.threadId,
      host: this.host,
      token: this.token,
      // Called late, so that a page can replace the function without losing the conversation.
      getToken:
        this.getToken &&
        ((previous) => this.getToken?.(previous) ?? Promise.reject(new Error('getToken is gone'))),
    });
    this.#pointing = true;
    this.#conversation.pointAt(this.#setup.kind === 'ready' ? this.#setup.address : undefined);
    this.#pointing = false;
    this.#link.observe(this.#conversation.snapshot.connection);
    this.#view = this.#nextView();
  }

  protected override render(): TemplateResult {
    const { snapshot, store } = this.#conversation;
    const view = this.#view ?? this.#nextView();
    const { translation } = view;
    const { link } = this.#link;
    const isEmpty = snapshot.messages.length + snapshot.pending.length === 0 && !snapshot.isStreaming;
    return html`
      <section
        class="chat"
        part="chat"
        dir=${this.#language.direction}
        lang=${translation.locale}
        data-theme=${this.theme}
        aria-label=${this.heading ?? translation.heading}
      >
        <div class="panel" ?inert=${this.confirming}>
          ${header(
            {
              heading: this.heading ?? translation.heading,
              link,
              canClear: snapshot.connection === 'open' && snapshot.messages.length > 0,
              onClear: () => (this.confirming = true),
            },
            translation,
          )}
          <div class="stage">
            ${linkNotice(link, snapshot.error, translation)}
            ${keyed(
              store,
              html`<ivy-chat-transcript
                .view=${view}
                .messages=${snapshot.messages}
                .pending=${snapshot.pending}
                .isStreaming=${snapshot.isStreaming}
                .streamingId=${snapshot.streamingId}
                .connected=${this.connected}
                .hasOlder=${snapshot.hasOlder}
                .live=${store}
                .empty=${isEmpty ? this.#empty(translation) : nothing}
              ></ivy-chat-transcript>`,
            )}
          </div>
          ${errorNotice(snapshot, translation)}
          <ivy-chat-composer
            .view=${view}
            .thread=${this.threadId ?? ''}
            .placeholder=${this.placeholder ?? ''}
            .isStreaming=${snapshot.isStreaming}
            .closedBecause=${this.#closedBecause(translation)}
          ></ivy-chat-composer>
          <slot name="footer"></slot>
        </div>
        ${this.confirming ? clearConfirmation(this.#choices, translation) : nothing}
        ${this.#announcer.render()}
      </section>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    // Focus follows the reader's own press into the question and back out of it, and moves for nothing else.
    if (changed.has('confirming')) {
      const target = this.confirming ? '.cancel' : changed.get('confirming') === true ? '.clear' : undefined;
      if (target !== undefined) this.renderRoot.querySelector<HTMLElement>(target)?.focus();
    }
    const error = setupError(this.#setup);
    if (error?.message === this.#setupError?.message) return;
    this.#setupError = error;
    if (error !== undefined) this.dispatchEvent(new IvyErrorEvent(error));
  }

  readonly #choices = {
    onCancel: (): void => {
      this.confirming = false;
    },
    onConfirm: (): void => {
      this.confirming = false;
      this.clearMessages();
    },
  };

  /** A change of address in the same task comes first: what is asked for is meant for the conversation it names. */
  #ask(request: (store: Conversation) => void): void {
    const ask = (): void => {
      if (this.#conversation.store !== undefined) request(this.#conversation.store);
    };
    if (this.isUpdatePending) void this.updateComplete.then(ask);
    else ask();
  }

  #onChange(change: ConversationChange): void {
    // In a task of its own, when the answer has been drawn.
    if (change.kind === 'done') setTimeout(() => this.#announceAnswer(change.message));
    if (change.kind === 'error') this.#announcer.alert(errorSentence(this.#words, change.frame.code));
    const event = eventOfChange(change, this.#conversation.snapshot);
    if (event === undefined) return;
    // A listener may set properties, which in the middle of an update would be lost.
    if (this.#pointing) void this.updateComplete.then(() => this.dispatchEvent(event));
    else this.dispatchEvent(event);
  }

  /** Read from what was drawn, because that has lost its markup. */
  #announceAnswer(message: ThreadMessage): void {
    const answers = [...this.renderRoot.querySelectorAll('[data-turn]')];
    const turn = answers.find((element) => element.getAttribute('data-turn') === message.id);
    const text = turn?.querySelector('.markdown');
    const spoken = text ? spokenText(text) : message.content;
    const ending = message.status === 'failed' ? undefined : endingOf(message, this.#words);
    this.#announcer.say([this.#words.fromAssistant, spoken, ending ?? ''].join(' ').trim());
  }

  get #words(): Translation {
    return this.#language.speech(this.locale).translation;
  }

  /** The same object while nothing in it changes, so that views which depend on it stay as they are. */
  #nextView(): ViewContext {
    const speech = this.#language.speech(this.locale);
    return this.#view?.time === speech.time ? this.#view : { ...speech, actions: this.#actions };
  }

  #closedBecause(translation: Translation): string | undefined {
    const isRefused = this.#conversation.snapshot.connection === 'refused';
    if (this.#setup.kind !== 'ready' || isRefused) return translation.refused;
    return this.disabled ? translation.closed : undefined;
  }

  /** Nothing until history has arrived: a greeting that is replaced by a conversation was a mistake to look at. */
  #empty(translation: Translation): TemplateResult | typeof nothing {
    switch (this.#setup.kind) {
      case 'missing-thread':
        return missingThread(translation);
      case 'bad-thread':
        return badAttribute(translation.badThreadId, this.#setup.value);
      case 'bad-host':
        return badAttribute(translation.badHost, this.#setup.value);
      case 'ready':
        return this.connected ? greeting(this.greeting ?? translation.greeting) : nothing;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ivy-chat': IvyChatElement;
  }
}
