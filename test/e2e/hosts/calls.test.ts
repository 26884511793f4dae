/** Pages that call the chat's methods when nobody would. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser, TAG } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

it('[H21] an element that is on no page takes every call, and what was asked before is sent when it is', async () => {
  const host = await browser.open({
    html: documentWith(
      SCRIPT,
      `<script>
        const chat = document.createElement('ivy-chat');
        chat.threadId = 'host-page';
        chat.stop(); chat.retry(); chat.clearMessages(); chat.show(); chat.hide(); chat.focus(); chat.retry('nobody');
        void [chat.messages, chat.error, chat.connected, chat.isStreaming, chat.streamingContent];
        chat.sendMessage('How do I start it?');
        setTimeout(() => document.body.append(chat));
      </script>`,
    ),
  });
  await host.seesTheAnswer();
  await host.read(z.literal(true), async () => {
    const chat = document.querySelector('ivy-chat');
    if (chat === null) return false;
    chat.remove();
    await new Promise((resolve) => setTimeout(resolve));
    chat.stop();
    chat.retry();
    chat.clearMessages();
    chat.show();
    chat.hide();
    chat.focus();
    chat.sendMessage('From nowhere');
    await chat.updateComplete;
    document.body.append(chat);
    return true;
  });
  await host.exchange('And again?');
  expect(host.sent.join()).not.toContain('From nowhere');
  host.isQuiet();
});

it.each([
  ['ivy-token', 'chat.stop()'],
  ['ivy-token', 'chat.remove(); setTimeout(() => document.body.append(chat), 50)'],
  ['ivy-token', 'chat.threadId = "another"; setTimeout(() => { chat.threadId = "host-page" }, 50)'],
  ['ivy-streaming-change', 'chat.sendMessage("In between")'],
  ['ivy-message', 'chat.retry(); chat.stop()'],
  ['ivy-done', 'chat.clearMessages()'],
  ['ivy-history', 'chat.remove(); document.body.append(chat)'],
  ['ivy-connection-change', 'chat.sendMessage("At once"); chat.stop()'],
])('[H21] at %s a page may call %s, and there is a conversation afterwards', async (name, call) => {
  const host = await browser.open({
    html: documentWith(
      SCRIPT,
      `${TAG}<script>
        const chat = document.querySelector('ivy-chat');
        addEventListener('${name}', () => { window.called = true; ${call}; }, { once: true });
      </script>`,
    ),
  });
  await host.chat.connected();
  await host.chat.ask('First');
  await host.until(z.literal(true), () => Reflect.get(window, 'called') === true);
  // Long enough for what it set off: the page is itself again, and the last word is the agent's.
  await host.until(z.literal(true), () => {
    const chat = document.querySelector('ivy-chat');
    return chat?.connected === true && !chat.isStreaming && chat.threadId === 'host-page';
  });
  await host.chat.ask('Last');
  await host.until(z.literal(true), () => {
    const { messages = [], isStreaming } = document.querySelector('ivy-chat') ?? {};
    return (
      isStreaming === false && messages.at(-2)?.content === 'Last' && messages.at(-1)?.role === 'assistant'
    );
  });
  host.isQuiet();
});
