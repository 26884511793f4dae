/** The whole of what people see: the frame, which the page may float, the chat in it, and the button that opens it. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Conversation } from '../controllers/conversation.ts';
import type { Link } from '../controllers/link-controller.ts';
import type { PanelController } from '../controllers/panel-controller.ts';
import type { QuestionController } from '../controllers/question-controller.ts';
import type { ChatSnapshot } from '../state/chat-snapshot.ts';
import { confirmation } from './confirmation.ts';
import { errorNotice } from './error-notice.ts';
import { header } from './header.ts';
import { launcher } from './launcher.ts';
import { linkNotice } from './link-notice.ts';
import type { ViewContext } from './view-context.ts';

export interface ShellState {
  readonly view: ViewContext;
  readonly direction: 'ltr' | 'rtl';
  readonly isDark: boolean;
  /** In a panel behind a button, rather than where the tag stands. */
  readonly isFloating: boolean;
  readonly open: boolean;
  /** Else the frame and the field for a message alone. */
  readonly isWhole: boolean;
  readonly panel: PanelController;
  readonly question: QuestionController;
  /** The reader may leave the conversation for a new one. */
  readonly isVisitors: boolean;
  readonly heading: string;
  readonly placeholder: string;
  readonly snapshot: ChatSnapshot;
  readonly store: Conversation | undefined;
  readonly link: Link;
  /** Names the conversation that a draft is for; empty while there is none. */
  readonly conversation: string;
  /** What stands in the transcript while there is nothing in it. */
  readonly empty: TemplateResult | typeof nothing;
  readonly closedBecause: string | undefined;
}

export function shell(state: ShellState): TemplateResult {
  const { view, isFloating, open, panel, heading } = state;
  const shape = isFloating ? `floating ${open ? 'open' : ''} ${panel.isFullScreen ? 'full' : ''}` : '';
  return html`
    <span class="scheme"></span>
    <div
      class="frame ${state.isDark ? 'dark' : ''} ${shape}"
      popover=${isFloating ? 'manual' : nothing}
      dir=${state.direction}
      lang=${view.translation.locale}
      @keydown=${panel.onKeydown}
    >
      ${panel.isFilled ? chat(state) : nothing}
      ${isFloating ? launcher({ heading, open, unread: panel.unread, onPress: panel.toggle }, view) : nothing}
    </div>
  `;
}

function chat(state: ShellState): TemplateResult {
  const { view, snapshot, link, question, panel, isFloating, isWhole } = state;
  const { translation } = view;
  const isModal = panel.isFullScreen;
  return html`
    <section
      class="chat"
      part="chat"
      role=${isFloating ? 'dialog' : nothing}
      aria-modal=${isModal ? 'true' : nothing}
      aria-label=${state.heading}
    >
      ${isModal ? fence('textarea') : nothing}
      <div class="panel" ?inert=${question.asked !== undefined}>
        ${isWhole ? topLine(state) : nothing}
        <div class="stage">${isWhole ? stage(state) : nothing}</div>
        ${errorNotice(snapshot, translation)}
        <ivy-chat-composer
          .view=${view}
          .conversation=${state.conversation}
          .placeholder=${state.placeholder}
          .isStreaming=${snapshot.isStreaming && snapshot.canWrite}
          .isAway=${link !== 'online' && link !== 'quiet'}
          .closedBecause=${state.closedBecause}
        ></ivy-chat-composer>
        <slot name="footer"></slot>
      </div>
      ${question.asked === undefined ? nothing : confirmation(question.asked, question, translation)}
      ${isModal ? fence('.close') : nothing}
    </section>
  `;
}

function topLine({ view, snapshot, link, question, panel, ...state }: ShellState): TemplateResult {
  return header(
    {
      heading: state.heading,
      link,
      canClear: snapshot.connection === 'open' && snapshot.canWrite && snapshot.messages.length > 0,
      onClear: () => question.ask('clear'),
      canBegin: !isEmpty(snapshot),
      onNew: state.isVisitors ? () => question.ask('new') : undefined,
      onClose: state.isFloating ? panel.hide : undefined,
    },
    view.translation,
  );
}

function stage(state: ShellState): TemplateResult {
  const { view, snapshot, link } = state;
  return html`${linkNotice(link, snapshot.error, view.translation)} ${transcript(state)}`;
}

/** An element for each conversation: where its reader is in one is nothing to the next. */
function transcript({ view, snapshot, store, empty }: ShellState): unknown {
  return keyed(
    store,
    html`<ivy-chat-transcript
      .view=${view}
      .messages=${snapshot.messages}
      .pending=${snapshot.pending}
      .isStreaming=${snapshot.isStreaming}
      .streamingId=${snapshot.streamingId}
      .connected=${snapshot.connection === 'open'}
      .canWrite=${snapshot.canWrite}
      .hasOlder=${snapshot.hasOlder}
      .live=${store}
      .empty=${isEmpty(snapshot) ? empty : nothing}
    ></ivy-chat-transcript>`,
  );
}

function isEmpty({ messages, pending, isStreaming }: ChatSnapshot): boolean {
  return messages.length + pending.length === 0 && !isStreaming;
}

/** Where focus would leave a panel that fills the window, it goes to the other end: `target`, or an open question. */
function fence(target: string): TemplateResult {
  const onFocus = ({ currentTarget }: FocusEvent): void => {
    const inside = currentTarget instanceof HTMLElement ? currentTarget.parentElement : null;
    const goal = inside?.querySelector<HTMLElement>('.cancel') ?? inside?.querySelector<HTMLElement>(target);
    goal?.focus();
  };
  return html`<span tabindex="0" @focus=${onFocus}></span>`;
}
