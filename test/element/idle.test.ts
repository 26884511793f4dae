/** A chat that nothing happens in costs its page nothing but the heartbeat of its line. */
import { expect } from 'chai';
import { Chat, nextFrame, nextTask } from '../support/chat-harness.ts';
import { FakeWebSocket } from '../support/fake-web-socket.ts';
import { PageTimers } from '../support/page-timers.ts';

/** Rarer than this is nothing that keeps a machine awake. */
const RARE_MS = 5_000;
const ANSWER = '# Title\n\nText\n\n- item\n\n```ts\nlet a = 1;\n```\n\n|a|b|\n|-|-|\n|1|2|\n';

describe('a chat after an answer', () => {
  const { WebSocket: realWebSocket } = globalThis;

  afterEach(async () => {
    await Chat.cleanUp();
    Object.assign(globalThis, { WebSocket: realWebSocket });
  });

  it('waits for its heartbeat and for midnight, and moves nothing', async () => {
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    const timers = new PageTimers();
    try {
      const chat = new Chat(document.createElement('ivy-chat'));
      chat.element.threadId = 'idle';
      chat.element.host = 'relay.test';
      const made = FakeWebSocket.made.length;
      document.body.append(chat.element);
      while (FakeWebSocket.made.length === made) await nextTask();
      const socket = FakeWebSocket.last;
      socket.open();
      socket.receive(
        { type: 'history', messages: [], gen: 0, mode: 'full', v: 1 },
        { type: 'streaming', isStreaming: true, messageId: 'a', gen: 0 },
        { type: 'token', content: ANSWER, messageId: 'a', offset: 0 },
      );
      await chat.drawn();
      socket.receive(
        { type: 'done', messageId: 'a', fullContent: ANSWER, status: 'complete', gen: 0 },
        { type: 'streaming', isStreaming: false, messageId: 'a', gen: 0 },
      );
      for (let frame = 0; frame < 10; frame += 1) await nextFrame();
      // What is said to screen readers is taken back after a while.
      const changes: MutationRecord[] = [];
      const observer = new MutationObserver((more) => changes.push(...more));
      observer.observe(chat.root, { subtree: true, childList: true, characterData: true, attributes: true });
      for (let frame = 0; frame < 10; frame += 1) await nextFrame();

      const soon = timers.pending.filter((timer) => !/^setTimeout \d{4,}/.test(timer));
      expect(soon).to.deep.equal([]);
      expect(timers.pending.filter((timer) => Number(timer.split(' ')[1]) >= RARE_MS)).to.have.length.within(
        2,
        3,
      );
      expect(changes).to.have.length(0);
      expect(chat.root.getAnimations()).to.have.length(0);
      observer.disconnect();
    } finally {
      timers.restore();
    }
  });
});
