/** What the hook holds between renders, without React: its line, its token, and when it tells of what. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatSession, type SessionOptions } from '../../../widget/react/chat-session.ts';
import { echo, history, settle, useFakeRelay } from '../../support/client-harness.ts';
import { FakeWebSocket } from '../../support/fake-web-socket.ts';
import { answerMessage, userMessage } from '../../support/messages.ts';
import { present } from '../../support/present.ts';

useFakeRelay();

const FRAME_MS = 16;
/** How long a page without frames waits. */
const NO_FRAME_MS = 250;

const page = new EventTarget();
let hasFrames: boolean;

beforeEach(() => {
  hasFrames = true;
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) =>
    hasFrames ? Number(setTimeout(draw, FRAME_MS)) : 0,
  );
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id));
});

const letGo: (() => void)[] = [];

afterEach(() => {
  for (const leave of letGo.splice(0)) leave();
});

interface Held {
  readonly session: ChatSession;
  readonly listener: ReturnType<typeof vi.fn<() => void>>;
  readonly leave: () => void;
}

function hold(options: Partial<SessionOptions> = {}): Held {
  const session = new ChatSession({ threadId: 'thread-1', host: 'localhost:1999', ...options });
  const listener = vi.fn<() => void>();
  const leave = session.hold(listener);
  letGo.push(leave);
  return { session, listener, leave };
}

async function connected(options: Partial<SessionOptions> = {}): Promise<Held & { socket: FakeWebSocket }> {
  const held = hold(options);
  await settle();
  const socket = FakeWebSocket.last;
  socket.open();
  socket.receive(history([userMessage('m1'), answerMessage('a1')]));
  return { ...held, socket };
}

describe('a session', () => {
  it('makes no socket before somebody holds it, or without a thread', async () => {
    const session = new ChatSession({ threadId: 'thread-1', host: 'localhost:1999' });
    session.watch(() => undefined);
    hold({ threadId: undefined }).session.view().sendMessage('To nobody');
    hold({ threadId: '' });
    await settle();
    expect(FakeWebSocket.made).toEqual([]);
  });

  it('leaves no socket and no timer when it is let go', async () => {
    const { leave, socket } = await connected();
    leave();
    expect(socket.readyState).toBe(FakeWebSocket.CLOSED);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is held by several, until the last one lets go', async () => {
    const { session, leave, socket } = await connected();
    const other = session.hold(() => undefined);
    leave();
    expect(socket.readyState).toBe(FakeWebSocket.OPEN);
    other();
    expect(socket.readyState).toBe(FakeWebSocket.CLOSED);
  });

  it('tells those who only watch that the line is closed, and resumes where it was', async () => {
    const { session, leave } = await connected();
    const watcher = vi.fn<() => void>();
    session.watch(watcher);
    leave();
    expect(watcher).toHaveBeenCalled();
    expect(session.view()).toMatchObject({ isConnected: false, messages: [{ id: 'm1' }, { id: 'a1' }] });
    letGo.push(session.hold(() => undefined));
    await settle();
    expect(FakeWebSocket.last.query).toMatchObject({ gen: '0', last: 'a1' });
  });

  it('goes with the page, and comes back with it', async () => {
    const { session, socket } = await connected();
    page.dispatchEvent(new Event('pagehide'));
    expect(socket.readyState).toBe(FakeWebSocket.CLOSED);
    expect(session.view().isConnected).toBe(false);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
  });
});

describe('another render', () => {
  it('is of the same conversation while its address is, whatever functions come with it', () => {
    const { session } = hold({ getToken: () => Promise.resolve('one') });
    const same = { threadId: 'thread-1', host: 'localhost:1999' };
    expect(session.isFor({ ...same, getToken: () => Promise.resolve('two') })).toBe(true);
    expect(session.isFor({ ...same, getToken: undefined })).toBe(false);
    expect(session.isFor({ ...same, getToken: () => Promise.resolve(''), threadId: 'thread-2' })).toBe(false);
  });

  it('shows a newer token on the open line', async () => {
    const { session, socket } = await connected({ token: 'one' });
    session.update({ threadId: 'thread-1', host: 'localhost:1999', token: 'two' });
    expect(socket.sent).toContainEqual({ type: 'auth', token: 'two' });
    expect(FakeWebSocket.made).toHaveLength(1);
  });

  it('has the newest getToken asked', async () => {
    const { session } = hold({ getToken: () => Promise.resolve('first') });
    session.update({
      threadId: 'thread-1',
      host: 'localhost:1999',
      getToken: () => Promise.resolve('second'),
    });
    await settle();
    expect(FakeWebSocket.last.query['token']).toBe('second');
  });

  it('after a refusal tries again only when it is enabled anew', async () => {
    const { session, leave } = hold({ token: 'bad' });
    await settle();
    FakeWebSocket.last.open();
    FakeWebSocket.last.drop(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.made).toHaveLength(1);
    leave();
    letGo.push(session.hold(() => undefined));
    await settle();
    expect(FakeWebSocket.made).toHaveLength(2);
  });
});

describe('what is told', () => {
  async function streaming(): Promise<Held & { socket: FakeWebSocket }> {
    const held = await connected();
    held.socket.receive({ type: 'streaming', isStreaming: true, messageId: 'a2', gen: 0 });
    held.listener.mockClear();
    return held;
  }

  const tokens = (socket: FakeWebSocket, from: number, to: number): void => {
    for (let offset = from; offset < to; offset += 1)
      socket.receive({ type: 'token', content: 'x', messageId: 'a2', offset });
  };

  it('of text comes once a frame, and leaves the messages as they are', async () => {
    const { session, listener, socket } = await streaming();
    const { messages } = session.view();
    tokens(socket, 0, 50);
    expect(listener).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(FRAME_MS);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(session.view().streamingContent).toBe('x'.repeat(50));
    expect(session.view().messages).toBe(messages);
    await vi.advanceTimersByTimeAsync(NO_FRAME_MS);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('of text comes without a frame too, where the page is not looked at', async () => {
    const { listener, socket } = await streaming();
    hasFrames = false;
    tokens(socket, 0, 5);
    await vi.advanceTimersByTimeAsync(NO_FRAME_MS);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('of the end comes at once, with all of the text', async () => {
    const { session, listener, socket } = await streaming();
    tokens(socket, 0, 3);
    socket.receive({
      type: 'done',
      messageId: 'a2',
      fullContent: 'xxx',
      status: 'complete',
      timestamp: 2,
      gen: 0,
    });
    expect(listener).toHaveBeenCalled();
    expect(present(session.view().messages.at(-1)).content).toBe('xxx');
  });

  it('is nothing when nothing has changed', async () => {
    const { listener, socket } = await connected();
    listener.mockClear();
    socket.receive({ type: 'pong' });
    await vi.advanceTimersByTimeAsync(NO_FRAME_MS);
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('a message that was refused', () => {
  async function refused(): Promise<Held & { socket: FakeWebSocket; id: string }> {
    const held = await connected();
    held.session.view().sendMessage('Hello');
    const [sent] = held.socket.sent.filter(({ type }) => type === 'message');
    const id = sent?.type === 'message' ? (sent.id ?? '') : '';
    held.socket.receive({
      type: 'error',
      message: 'Not here.',
      code: 'forbidden',
      retryable: false,
      messageId: id,
    });
    return { ...held, id };
  }

  it('is shown as failed, with the reason', async () => {
    const { session, id } = await refused();
    expect(session.view()).toMatchObject({ error: 'Not here.' });
    expect(session.view().messages.at(-1)).toMatchObject({
      id,
      status: 'failed',
      error: { code: 'forbidden' },
    });
  });

  it('is the same one when its text is sent again', async () => {
    const { session, socket, id } = await refused();
    session.view().sendMessage('Hello');
    expect(session.view().messages.at(-1)).toMatchObject({ id, status: 'sending' });
    expect(session.view().error).toBeNull();
    socket.receive(echo(id, 'Hello'));
    const own = session.view().messages.filter(({ content }) => content === 'Hello');
    expect(own).toMatchObject([{ id, status: 'complete' }]);
  });
});
