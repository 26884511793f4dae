/** Pages as somebody writes them who embeds a chat, which say when the field for a message takes the focus. */
import { BARE_LIT_SCRIPT, STREAMDOWN_SCRIPT, WIDGET_SCRIPT } from './page-scripts.ts';
import { IVY_CHAT, type MeasuredSubject } from './subjects.ts';

export interface StartPage extends Omit<MeasuredSubject, 'isSlow'> {
  readonly file: string;
  readonly html: string;
}

export const BARE_LIT = 'bare Lit element';

interface Parts {
  /** Of the elements whose shadow trees lead to the field, and of the field. */
  readonly path: readonly string[];
  /** What makes the chat, and it is timed from here. */
  readonly script: string;
  readonly body?: string;
}

/** Asks as often as a timer can, and looks at one selector only. */
function watching(path: readonly string[]): string {
  return `<script>
    const path = ${JSON.stringify(path)};
    window.longestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      let root = document;
      let field = null;
      for (const [index, selector] of path.entries()) {
        field = root?.querySelector(selector) ?? null;
        if (field === null) break;
        if (index < path.length - 1) root = field.shadowRoot;
      }
      field?.focus();
      if (field !== null && field.getRootNode().activeElement === field) window.focusable = performance.now() - window.begun;
      else setTimeout(look);
    };
    window.begun = performance.now();
    look();
  </script>`;
}

function pageOf({ path, script, body = '' }: Parts): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Start</title></head>
<body style="margin: 0">${watching(path)}${script}<div id="place" style="block-size: 100vh">${body}</div></body></html>`;
}

function start(id: string, name: string, isPeer: boolean, parts: Parts): StartPage {
  return { id, name, isPeer, file: `start-${id}.html`, html: pageOf(parts) };
}

const module = (code: string): string => `<script type="module">${code}</script>`;

export const START_PAGES: readonly StartPage[] = [
  start('ivy-chat', IVY_CHAT, false, {
    path: ['ivy-chat', 'textarea'],
    script: `<script src="/${WIDGET_SCRIPT}" async></script>`,
    body: '<ivy-chat thread-id="bench" style="block-size: 100vh"></ivy-chat>',
  }),
  start('bare-lit', BARE_LIT, false, {
    path: ['bare-lit', 'textarea'],
    script: `<script src="/${BARE_LIT_SCRIPT}" async></script>`,
    body: '<bare-lit></bare-lit>',
  }),
  start('deep-chat', 'deep-chat', true, {
    path: ['deep-chat', '#text-input'],
    script: '<script type="module" src="/peers/deep-chat/deepChat.bundle.js"></script>',
    body: '<deep-chat connect=\'{"url": "/nowhere"}\'></deep-chat>',
  }),
  start('n8n', '@n8n/chat', true, {
    path: ['.chat-input textarea'],
    script: `<link rel="stylesheet" href="/peers/n8n/style.css">${module(`
      import { createChat } from '/peers/n8n/chat.bundle.es.js';
      createChat({ webhookUrl: '/nowhere', target: '#place', mode: 'fullscreen', loadPreviousSession: false });`)}`,
  }),
  start('flowise', 'flowise-embed', true, {
    path: ['flowise-fullchatbot', 'textarea'],
    script: module(`
      import Chatbot from '/peers/flowise/web.js';
      Chatbot.initFull({ chatflowid: 'bench', apiHost: location.origin });`),
    body: '<flowise-fullchatbot style="display: block; block-size: 100vh"></flowise-fullchatbot>',
  }),
  start('streamdown', 'React + streamdown', true, {
    path: ['textarea'],
    script: module(`
      import { mountPage } from '/${STREAMDOWN_SCRIPT}';
      mountPage(document.querySelector('#place'))({ messages: [], isWriting: false });`),
  }),
];
