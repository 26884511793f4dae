/** A page with React and Streamdown, as somebody would build it who embeds nothing: a list of messages and a field. */
import { createElement, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { Streamdown } from 'streamdown';

export interface PageMessage {
  readonly id: string;
  readonly isAnswer: boolean;
  readonly text: string;
}

export interface PageState {
  readonly messages: readonly PageMessage[];
  /** Whether the last message is still being written. */
  readonly isWriting: boolean;
}

/** @returns what shows another state */
export function mountPage(place: HTMLElement): (state: PageState) => void {
  const root = createRoot(place);
  let isDue = false;
  return (state) => {
    root.render(page(state));
    if (isDue) return;
    isDue = true;
    // Follows what grows, as every chat does.
    requestAnimationFrame(() => {
      isDue = false;
      const list = place.querySelector('.list');
      list?.scrollTo({ top: list.scrollHeight, behavior: 'instant' });
    });
  };
}

function page({ messages, isWriting }: PageState): ReactElement {
  const column = { display: 'flex', flexDirection: 'column', height: '100%' };
  return createElement(
    'div',
    { style: column },
    createElement(
      'div',
      { className: 'list', style: { flex: 1, overflowY: 'auto', overflowWrap: 'anywhere' } },
      messages.map((message, index) => turn(message, isWriting && index === messages.length - 1)),
    ),
    createElement('textarea', { rows: 1 }),
  );
}

function turn({ id, isAnswer, text }: PageMessage, isOpen: boolean): ReactElement {
  if (!isAnswer) return createElement('p', { key: id }, text);
  const mode = isOpen ? 'streaming' : 'static';
  return createElement('div', { key: id, className: 'answer' }, createElement(Streamdown, { mode }, text));
}
