/**
 * The public element: its attributes, methods and events. What is known about the conversation comes from the store,
 * through the controller; what people see and press is in `elements/`.
 */
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { ThreadMessage } from '#protocol';
import { Announcer } from './controllers/announcer.ts';
import { ColourScheme } from './controllers/colour-scheme.ts';
import { ConversationController, type ConversationAddress } from './controllers/conversation-controller.ts';
import type { Conversation, ConversationChange, ConversationOptions } from './controllers/conversation.ts';
import { FocusController } from './controllers/focus-controller.ts';
import { LinkController } from './controllers/link-controller.ts';
import { PanelController } from './controllers/panel-controller.ts';
import { QuestionController } from './controllers/question-controller.ts';
import { VisitorController } from './controllers/visitor-controller.ts';
import type { ComposerElement } from './elements/composer.ts';
import { emptyState } from './elements/empty-state.ts';
import { unreadWords } from './elements/launcher.ts';
import { SAY, SayEvent } from './elements/say-event.ts';
import { shell } from './elements/shell.ts';
import { StagedElement } from './elements/staged-element.ts';
import { isTouchFirst } from './elements/touch-first.ts';
import type { ChatActions, ViewContext } from './elements/view-context.ts';
import { eventOfChange } from './event-of-change.ts';
import { IvyErrorEvent, IvyOpenChangeEvent } from './events.ts';
import { Language } from './i18n/language.ts';
import type { Translation } from './i18n/translation.ts';
import type { Translations } from './i18n/translations.ts';
import { Narration, type Announce, type Audience } from './narration.ts';
import { pageStorage } from './page-storage.ts';
import { readSetup, setupError, type Setup } from './setup.ts';
import type { ChatError } from './state/chat-snapshot.ts';
import { ChatStore } from './state/chat-store.ts';
import { chatStyles } from './styles/chat.styles.ts';
import { readSuggestions } from './suggestions.ts';

export type Theme = 'auto' | 'light' | 'dark';

/**
 * A conversation with an agent: streamed, resumed and remembered by the relay that it is connected to.
 *
 * @tagname ivy-chat
 * @summary A chat with an agent, in one tag.
 *
 * @attr {string} thread-id - The conversation: 1 to 128 letters, digits, hyphens and underscores; empty while it is not known yet. [the visitor's own]
 * @attr {string} thread-key - Tells conversations of the same visitor apart, where the page names none.
 * @attr {string} host - The relay's server. [where the script came from]
 * @attr {string} token - A token that the relay accepts, where it asks for one.
 * @attr {string} locale - Language of the words and times. [the nearest `lang`, else the browser's]
 * @attr {'auto'|'light'|'dark'} theme - Colours; `auto` follows the page's `color-scheme`, else the reader's system. [auto]
 * @attr {string} heading - The name in the top line.
 * @attr {string} placeholder - What the empty composer says.
 * @attr {string} greeting - What the empty conversation says.
 * @attr {string} suggestions - Questions to ask with one press while the conversation is empty, with `|` between them.
 * @attr {boolean} launcher - A floating button in the corner of the window, which opens the chat in a panel.
 * @attr {boolean} open - The panel of a launcher is open; follows what the reader does.
 * @attr {'answers'|'sentences'|'off'} announce - What a screen reader says of answers: each when it is complete, its sentences as they come, or nothing. [answers]
 * @attr {boolean} disabled - People can read but not write. The page can still send.
 *
 * @slot header-start - Before the heading: a logo or a face.
 * @slot header-end - At the end of the top line: actions of the page's own.
 * @slot empty - Instead of the greeting.
 * @slot launcher-icon - Instead of the sign on the launcher's button.
 * @slot footer - Below the composer: a note or a link.
 *
 * @fires {IvyMessageEvent} ivy-message - A user's message is in the conversation.
 * @fires {IvyTokenEvent} ivy-token - More text of the answer that is being written.
 * @fires {IvyDoneEvent} ivy-done - An answer ended.
 * @fires {IvyErrorEvent} ivy-error - Something did not work.
 * @fires {IvyHistoryEvent} ivy-history - The transcript was loaded, completed or cleared.
 * @fires {IvyStreamingChangeEvent} ivy-streaming-change - An answer began or ended.
 * @fires {IvyConnectionChangeEvent} ivy-connection-change - The connection was made or lost.
 * @fires {IvyOpenChangeEvent} ivy-open-change - The panel of a launcher was opened or closed.
 *
 * @csspart chat - The whole widget; of a launcher, the panel.
 * @csspart header - The top line.
 * @csspart heading - The name in it.
 * @csspart status - The dot that tells whether the chat is connected.
 * @csspart new-button - Begins a new conversation, where it is the visitor's own, after asking.
 * @csspart clear-button - Deletes the conversation, after asking.
 * @csspart close-button - Closes the panel of a launcher.
 * @csspart connection - The notice about a connection that is not there.
 * @csspart transcript - The part that scrolls.
 * @csspart empty - The greeting, or what is missing on the tag.
 * @csspart suggestion - A question that can be asked with one press.
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
 * @csspart launcher-button - The floating button.
 * @csspart launcher-badge - The number of unread answers on it.
 * @csspart confirmation - The question before the conversation is deleted or left.
 * @csspart code-block - A block of code in an answer.
 * @csspart copy-button - Puts it into the clipboard.
 * @csspart table - A table in an answer.
 *
 * @cssprop --ivy-accent - The brand's colour; bubbles, links and buttons are made of it, in a shade that can be read. [#1f7a55]
 * @cssprop --ivy-height - Height of the element, where the page's own rule for it sets none. [560px]
 * @cssprop --ivy-content-width - The widest that a line of the conversation becomes. [720px]
 * @cssprop --ivy-density - Room between things, as a factor: 0.7 is compact. [1]
 * @cssprop --ivy-radius - Roundness of the outer corners, with its unit; all others follow. [16px]
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
 * @cssprop --ivy-launcher-offset - From the launcher to the edges of the window. [20px]
 * @cssprop --ivy-launcher-offset-block - To the lower edge, where that is another. [--ivy-launcher-offset]
 * @cssprop --ivy-launcher-size - Width of the launcher's button. [56px]
 * @cssprop --ivy-launcher-z-index - Where it lies in browsers without a top layer. [1000]
 * @cssprop --ivy-panel-width - Width of the launcher's panel. [400px]
 * @cssprop --ivy-panel-height - Height of it. [680px]
 */
export class IvyChatElement extends StagedElement {
  static override readonly styles = chatStyles;

  static override readonly properties: PropertyDeclarations = {
    threadId: { attribute: 'thread-id' },
    threadKey: { attribute: 'thread-key' },
    host: {},
    token: {},
    locale: {},
    theme: {},
    heading: {},
    placeholder: {},
    greeting: {},
    announce: {},
    disabled: { type: Boolean },
    launcher: { type: Boolean },
    open: { type: Boolean, reflect: true },
    suggestions: { converter: readSuggestions },
    translations: { attribute: false },
    getToken: { attribute: false },
  };

  /** Where stores come from; a test puts one here that it plays by hand. */
  static createStore: (options: ConversationOptions) => Conversation = (options) =>
    new ChatStore({ ...options, storage: pageStorage() });

  /** Null is the visitor's own thread; anything else that is empty waits for the page to name one. */
  threadId: string | null = null;
  threadKey: string | null = null;
  host: string | null = null;
  token: string | null = null;
  locale: string | null = null;
  theme: Theme = 'auto';
  heading: string | null = null;
  placeholder: string | null = null;
  greeting: string | null = null;
  announce: Announce = 'answers';
  disabled = false;
  launcher = false;
  open = false;
  /** A list; as an attribute, text with `|` between the suggestions. */
  suggestions: readonly string[] = [];
  /** Words of other languages, or other words for ours, by language tag; what is missing is said in English. */
  translations: Translations = {};
  /** Asked for a token for a thread at each connection and before one runs out; `previous` is the last one. */
  getToken: ((previous: string | undefined, threadId: string) => Promise<string>) | undefined;

  readonly #conversation = new ConversationController(this, {
    createStore: (options) => (this.constructor as typeof IvyChatElement).createStore(options),
    changed: (change) => this.#onChange(change),
  });
  readonly #link = new LinkController(this);
  readonly #colours = new ColourScheme(this);
  readonly #visitor = new VisitorController(this);
  readonly #question = new QuestionController(this, (question) =>
    question === 'clear' ? this.clearMessages() : this.#leave(),
  );
  readonly #panel = new PanelController(this, {
    changed: (open) => this.dispatchEvent(new IvyOpenChangeEvent(open)),
    focusInside: () => void this.#focusInside(),
  });
  readonly #language = new Language(this);
  readonly #announcer = new Announcer(this, (): Element | null =>
    this.open ? this.renderRoot.querySelector('.chat[aria-modal]') : null,
  );
  readonly #narration = new Narration(
    () => this.#audience(),
    (urgency, text, lang) => this.#announcer.say(urgency, text, lang),
  );
  readonly #actions: ChatActions = {
    send: (content) => this.sendMessage(content),
    stop: () => this.stop(),
    retry: (messageId) => this.retry(messageId),
    resend: (pendingId) => this.#conversation.store?.resend(pendingId),
    discard: (pendingId) => this.#conversation.store?.discard(pendingId),
    loadOlder: () => this.#conversation.store?.loadOlder(),
  };

  #setup: Setup = { kind: 'missing-thread' };
  #setupError: ChatError | undefined;
  #view: ViewContext | undefined;
  #pointing = false;

  constructor() {
    super();
    new FocusController(this);
  }

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

  /** The thread that is open: the one that the page has named, or the visitor's own. Undefined while there is none. */
  get thread(): string | undefined {
    return this.#setup.kind === 'ready' ? this.#setup.address.threadId : undefined;
  }

  /** Sends a message as the reader. A blank one is ignored. */
  sendMessage(content: string): void {
    if (content.trim() !== '') this.#ask((store) => store.send(content));
  }

  /** Deletes the conversation, for everyone in it, without asking. */
  clearMessages(): void {
    this.#ask((store) => store.clear());
  }

  /**
   * Leaves a visitor's own conversation for a new one, in all of their tabs and without asking. Does nothing where the page
   * has named the thread.
   */
  newConversation(): void {
    if (this.thread === undefined || this.threadId !== null) return;
    const draft = this.composer?.written ?? '';
    this.#visitor.renew();
    void this.updateComplete.then(() => {
      this.composer?.write(draft);
      this.#narration.notice((this.#view ?? this.#nextView()).translation.newConversation);
    });
  }

  /** Stops the answer that is being written, for everyone. */
  stop(): void {
    this.#ask((store) => store.stop());
  }

  /** Answers a user's message again; without an id the last one that has no complete answer. */
  retry(messageId?: string): void {
    this.#ask((store) => store.retry(messageId));
  }

  /** Opens the panel of a launcher. In answer to a press of the reader's, focus goes into it. */
  show(): void {
    this.#panel.show();
  }

  /** Closes the panel of a launcher. */
  hide(): void {
    this.#panel.hide();
  }

  /** Puts the caret in the composer. */
  override focus(options?: FocusOptions): void {
    this.composer?.focus(options);
  }

  /** There is none before the element has been on a page. */
  private get composer(): ComposerElement | null {
    return this.shadowRoot?.querySelector('ivy-chat-composer') ?? null;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.addEventListener(SAY, (event) => {
      if (event instanceof SayEvent) this.#narration.notice(event.words);
    });
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('translations')) this.#language.translations = this.translations;
    this.#setup = readSetup({
      threadId: this.threadId,
      host: this.host,
      token: this.token,
      // Called late, so that a page can replace the function without losing the conversation.
      getToken:
        this.getToken &&
        ((previous, threadId) =>
          this.getToken?.(previous, threadId) ?? Promise.reject(new Error('getToken is gone'))),
      visitorThread: (relay) => this.#visitor.threadAt(`${relay} ${this.threadKey ?? ''}`.trim()),
    });
    const { store } = this.#conversation;
    this.#pointing = true;
    // What can be written in comes first; the connection and the rest are of the second stage.
    this.#conversation.pointAt(
      this.isWhole && this.#setup.kind === 'ready' ? this.#setup.address : undefined,
    );
    this.#pointing = false;
    if (this.#conversation.store !== store) this.#narration.stop();
    this.#link.observe(this.#conversation.snapshot.connection);
    this.#view = this.#nextView();
  }

  protected override render(): TemplateResult {
    const { snapshot, store } = this.#conversation;
    const view = this.#view ?? this.#nextView();
    const { translation } = view;
    const closedBecause = this.#closedBecause(translation);
    return shell({
      view,
      direction: this.#language.direction,
      isDark: this.#colours.isDark(this.theme),
      isFloating: this.launcher,
      open: this.open,
      isWhole: this.isWhole,
      panel: this.#panel,
      question: this.#question,
      isVisitors: this.#setup.kind === 'ready' && this.#setup.isVisitors,
      heading: this.heading ?? translation.heading,
      placeholder: this.placeholder ?? '',
      snapshot,
      store,
      link: this.#link.link,
      conversation: this.#setup.kind === 'ready' ? conversationName(this.#setup.address) : '',
      empty: emptyState(
        {
          setup: this.#setup,
          isKnown: snapshot.connection === 'open' || snapshot.connection === 'reconnecting',
          greeting: this.greeting ?? translation.greeting,
          suggestions: readSuggestions(this.suggestions),
          disabled: closedBecause !== undefined,
          onSuggestion: this.#onSuggestion,
        },
        translation,
      ),
      closedBecause,
    });
  }

  protected override updated(): void {
    this.#narration.observe(this.#link.link);
    const error = setupError(this.#setup);
    if (error?.message === this.#setupError?.message) return;
    this.#setupError = error;
    if (error !== undefined) this.dispatchEvent(new IvyErrorEvent(error));
  }

  /** Where focus in the composer would bring up a keyboard, it goes to what there is to read. */
  async #focusInside(): Promise<void> {
    // What is in it has been drawn by then as well.
    await this.updateComplete;
    const reading = isTouchFirst() ? this.renderRoot.querySelector<HTMLElement>('.scroller') : undefined;
    (reading ?? this.composer)?.focus();
  }

  #leave(): void {
    this.newConversation();
    void this.#focusInside();
  }

  /** A change of address in the same task comes first: what is asked for is meant for the conversation it names. */
  #ask(request: (store: Conversation) => void): void {
    const ask = (): void => {
      if (this.#conversation.store !== undefined) request(this.#conversation.store);
    };
    if (this.isUpdatePending || !this.isWhole) void this.updateComplete.then(ask);
    else ask();
  }

  #onChange(change: ConversationChange): void {
    if (change.kind === 'done' && this.#panel.isHidden) this.#panel.unread += 1;
    // Only sentences are made of tokens, and there are many of these.
    if (change.kind !== 'token' || this.announce === 'sentences')
      this.#narration.hear(change, this.#conversation);
    const event = eventOfChange(change, this.#conversation);
    if (event === undefined) return;
    // A listener may set properties, which in the middle of an update would be lost.
    if (this.#pointing) void this.updateComplete.then(() => this.dispatchEvent(event));
    else this.dispatchEvent(event);
  }

  #audience(): Audience {
    const view = this.#view ?? this.#nextView();
    const { isHidden, unread } = this.#panel;
    const missed = unread === 0 ? '' : unreadWords(unread, view);
    return { announce: this.announce, words: view.translation, unread: isHidden ? missed : undefined };
  }

  /** The same object while nothing in it changes, so that views which depend on it stay as they are. */
  #nextView(): ViewContext {
    const speech = this.#language.speech(this.locale);
    return this.#view?.time === speech.time ? this.#view : { ...speech, actions: this.#actions };
  }

  #closedBecause(translation: Translation): string | undefined {
    const { connection, canWrite } = this.#conversation.snapshot;
    if (this.#setup.kind === 'unsettled') return translation.connecting;
    if (this.#setup.kind !== 'ready' || connection === 'refused') return translation.refused;
    if (!canWrite) return translation.readOnly;
    return this.disabled ? translation.closed : undefined;
  }

  /** The button that had focus goes with the greeting. */
  readonly #onSuggestion = (suggestion: string): void => {
    this.sendMessage(suggestion);
    void this.#focusInside();
  };
}

function conversationName({ host, threadId }: ConversationAddress): string {
  return `${host}/${threadId}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ivy-chat': IvyChatElement;
  }
}
