/** The hook in a real React in a real browser, in strict mode, on real sockets to real rooms. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import { AgentServer, streams } from '../../support/agent-server.ts';
import { ANSWER, documentWith, HostBrowser, type HostConversation } from '../../support/host-conversation.ts';
import { OriginalRelay } from '../../support/original-relay.ts';

const MEMBERS = [
  ...['clearMessages', 'error', 'isConnected', 'isStreaming', 'messages', 'sendMessage', 'streamingContent'],
];

let browser: HostBrowser;
let script: string;

beforeAll(async () => {
  browser = await HostBrowser.start();
  script = await pageScript();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

/** In its build for developers: only that one mounts everything twice. */
async function pageScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify('development') },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('page.ts', import.meta.url)), formats: ['iife'], name: 'page' },
    },
  });
  const [output] = Array.isArray(result) ? result : [];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('The build made no page.');
  return chunk.code;
}

interface Opened {
  /** In the place of the component when the script begins. */
  readonly html?: string;
  readonly tokens?: readonly string[];
  readonly tokenMs?: number;
}

async function open({ html = '', tokens, tokenMs }: Opened = {}): Promise<HostConversation> {
  return browser.open({
    html: documentWith('', `<div id="app">${html}</div><script src="/react.js"></script>`),
    files: { '/react.js': { body: script } },
    ...(tokens === undefined ? {} : { answer: () => tokens }),
    ...(tokenMs === undefined ? {} : { tokenMs }),
  });
}

const done = z.literal(true);

const connected = (host: HostConversation): Promise<unknown> =>
  host.until(done, () => react.chat.isConnected);
const turns = (host: HostConversation): Promise<readonly string[]> =>
  host.read(z.array(z.string()), () => react.chat.messages.map(({ content }) => content));
const sockets = (host: HostConversation): Promise<unknown> =>
  host.read(z.object({ made: z.number(), open: z.number() }), () => react.sockets);

/** @param relay other than the one beside the page */
async function shown(host: HostConversation, threadId: string, relay = ''): Promise<void> {
  await host.read(
    done,
    (thread, elsewhere) => {
      react.show({
        threadId: thread,
        onToken: () => (react.tokens += 1),
        ...(elsewhere === '' ? {} : { host: elsewhere }),
      });
      return true;
    },
    threadId,
    relay,
  );
  await connected(host);
}

async function answered(host: HostConversation, question: string, messages: number): Promise<void> {
  await host.read(
    done,
    (text) => {
      react.chat.sendMessage(text);
      return true;
    },
    question,
  );
  await host.until(
    done,
    (count) => react.chat.messages.length === count && !react.chat.isStreaming,
    messages,
  );
}

describe('a conversation', () => {
  it('has the seven members of the original hook and no others, frozen', async () => {
    const host = await open();
    await shown(host, 'seven');
    const members = await host.read(z.array(z.string()), () => Object.keys(react.chat).sort());
    expect(members).toEqual(MEMBERS);
    expect(await host.read(z.boolean(), () => Object.isFrozen(react.chat))).toBe(true);
    host.isQuiet();
  });

  it('is held from the first word to the last', async () => {
    const host = await open();
    await shown(host, 'whole');
    const functions = z.tuple([z.boolean(), z.boolean(), z.string()]);
    await host.read(done, () => {
      react.kept = react.chat;
      react.chat.sendMessage('Hello?');
      return true;
    });
    await host.until(done, () => react.chat.isStreaming && react.chat.streamingContent.length > 20);
    expect(await turns(host)).toEqual(['Hello?']);
    await host.until(done, () => !react.chat.isStreaming);
    expect(await turns(host)).toEqual(['Hello?', ANSWER]);
    // What components depend on stays the same.
    const same = await host.read(functions, () => {
      const { chat, kept } = react;
      return [
        kept?.sendMessage === chat.sendMessage,
        kept?.clearMessages === chat.clearMessages,
        chat.streamingContent,
      ];
    });
    expect(same).toEqual([true, true, '']);
    await host.read(done, () => {
      react.chat.clearMessages();
      return true;
    });
    await host.until(done, () => react.chat.messages.length === 0);
    host.isQuiet();
  });

  it('shows what is written without a line, and sends it once under the same id', async () => {
    const host = await open();
    await host.read(done, () => {
      react.show({ threadId: 'waiting', enabled: false });
      return true;
    });
    await host.until(done, () => react.commits > 0);
    await host.read(done, () => {
      react.chat.sendMessage('Wait for me');
      return true;
    });
    const messages = z.array(z.object({ id: z.string(), status: z.string() }));
    const [waiting] = await host.until(
      messages,
      () => react.chat.messages.length === 1 && react.chat.messages,
    );
    expect(waiting?.status).toBe('sending');
    expect(await sockets(host)).toEqual({ made: 0, open: 0 });
    await shown(host, 'waiting');
    await host.until(done, () => react.chat.messages.length === 2);
    const [sent] = await host.read(messages, () => react.chat.messages);
    expect(sent).toEqual({ id: waiting?.id, status: 'complete' });
  });

  it('keeps a message that is refused, says why, and lets it be cleared', async () => {
    const host = await open();
    await shown(host, 'refused');
    await host.read(done, () => {
      react.chat.sendMessage('x'.repeat(16_001));
      return true;
    });
    const schema = z.object({ status: z.string(), error: z.string() });
    const refused = await host.until(schema, () => {
      const [message] = react.chat.messages;
      return message && { status: message.status, error: react.chat.error };
    });
    expect(refused).toEqual({ status: 'failed', error: 'The text is too long.' });
    await host.read(done, () => {
      react.chat.clearMessages();
      return true;
    });
    await host.until(done, () => react.chat.messages.length === 0 && react.chat.error === null);
  });

  it('calls the callbacks of the newest render', async () => {
    const host = await open({ tokens: ['Yes', '.'] });
    await shown(host, 'callbacks');
    await host.read(done, () => {
      const say =
        (name: string) =>
        (...values: readonly unknown[]) =>
          void react.heard.push([name, ...values.filter((value) => typeof value === 'string')].join(' '));
      react.show({
        threadId: 'callbacks',
        onToken: say('token'),
        onDone: (_, text) => say('done')(text),
        onMessage: ({ content }) => say('message')(content),
        onStreamingChange: (isStreaming) => say(isStreaming ? 'begins' : 'ends')(),
      });
      return true;
    });
    await answered(host, 'Hello?', 2);
    const heard = await host.read(z.array(z.string()), () => react.heard);
    expect(heard).toEqual(['message Hello?', 'begins', 'token Yes', 'token .', 'done Yes.', 'ends']);
    expect(await sockets(host)).toEqual({ made: 1, open: 1 });
  });
});

describe('the line', () => {
  it('is one in strict mode, and goes with the component', async () => {
    const host = await open();
    await shown(host, 'strict');
    expect(await sockets(host)).toEqual({ made: 1, open: 1 });
    await host.read(done, () => {
      react.hide();
      return true;
    });
    await host.until(done, () => react.sockets.open === 0);
    await expect.poll(() => host.site.sockets()).toBe(0);
    host.isQuiet();
  });

  it('goes to another thread with its id, and back', async () => {
    const host = await open({ tokens: ['Yes.'] });
    await shown(host, 'one');
    await answered(host, 'In the first', 2);
    await host.read(z.number(), () => {
      react.show({ threadId: 'two' });
      return react.commits;
    });
    await host.until(done, () => react.chat.isConnected && react.chat.messages.length === 0);
    await answered(host, 'In the second', 2);
    expect(await turns(host)).toEqual(['In the second', 'Yes.']);
    await shown(host, 'one');
    await host.until(done, () => react.chat.messages[0]?.content === 'In the first');
    await host.until(done, () => react.sockets.open === 1);
    expect(await sockets(host)).toEqual({ made: 3, open: 1 });
  });

  it('is closed while it is not enabled; what is known stays, and goes on after it', async () => {
    const host = await open({ tokenMs: 30 });
    await shown(host, 'enabled');
    await host.read(done, () => {
      react.chat.sendMessage('Hello?');
      return true;
    });
    await host.until(done, () => react.chat.streamingContent.length > 8);
    await host.read(done, () => {
      react.show({ threadId: 'enabled', enabled: false });
      return true;
    });
    await host.until(done, () => !react.chat.isConnected && react.sockets.open === 0);
    const without = z.object({ isStreaming: z.boolean(), streamingContent: z.string() });
    expect(await host.read(without, () => react.chat)).toEqual({ isStreaming: false, streamingContent: '' });
    expect(await turns(host)).toEqual(['Hello?']);
    await shown(host, 'enabled');
    await host.until(done, () => react.chat.messages.length === 2);
    expect(await turns(host)).toEqual(['Hello?', ANSWER]);
    host.isQuiet();
  });
});

describe('rendering', () => {
  it('happens at most once a frame while text comes, also from a relay that sends each token by itself', async () => {
    const tokens = Array.from({ length: 2_000 }, (_, index) => `${String(index)} `);
    const agent = await AgentServer.start();
    agent.answer = streams(
      tokens.map((content) => `data: ${JSON.stringify({ type: 'token', content })}\n\n`),
    );
    const relay = new OriginalRelay({ agentUrl: () => agent.url, unknownTypes: 'ignore' });
    await relay.start();
    onTestFinished(async () => {
      await relay.stop();
      await agent.stop();
    });
    const host = await open();
    await shown(host, 'storm', `127.0.0.1:${String(relay.port)}`);
    const counts = z.object({ commits: z.number(), frames: z.number(), tokens: z.number() });
    const start = await host.read(counts, () => {
      react.chat.sendMessage('All of them');
      return { ...react };
    });
    await host.until(done, () => react.chat.messages.length === 2);
    const end = await host.read(counts, () => ({ ...react }));
    expect(end.tokens - start.tokens).toBe(tokens.length);
    const commits = end.commits - start.commits;
    // Beside the text: the message on its way, its echo, the beginning and the end of the answer.
    expect(commits).toBeLessThanOrEqual(end.frames - start.frames + 6);
    expect(commits).toBeLessThan(tokens.length / 4);
    const [, answer] = await turns(host);
    expect(answer).toBe(tokens.join(''));
  });

  it('takes over what a server rendered, without a difference', async () => {
    const { useIvyChat } = await import('../../../widget/react.ts');
    const Chat = (): ReturnType<typeof createElement> => {
      const chat = useIvyChat({ threadId: undefined });
      return createElement(
        'main',
        { 'data-mounted': false },
        chat.messages.length === 0 ? null : 'no',
        chat.streamingContent,
      );
    };
    const host = await open({ html: renderToString(createElement(Chat)) });
    await shown(host, 'hydrated');
    await answered(host, 'Hello?', 2);
    expect(await host.read(z.array(z.string()), () => react.mismatches)).toEqual([]);
    host.isQuiet();
  });
});
