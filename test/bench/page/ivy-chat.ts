/** The script that is shipped, with a relay in the page: every token is a frame, as our relay sends them to this client. */
import { encodeFrame, leanEnd, leanText, type ThreadMessage } from '#protocol';
import { ScriptedRelay } from '../../../demo/gallery/scripted-relay.ts';
import { TaskSocket } from './task-socket.ts';
import { lastOf, loadScript, type PastMessage, type Subject, type ThreadSubject } from './subject.ts';

const RUN = 'answer';
const NOW = Date.now();

async function place(where: HTMLElement, relay: ScriptedRelay): Promise<HTMLElement> {
  relay.install(window, TaskSocket);
  await loadScript('/ivy-chat.js');
  const chat = document.createElement('ivy-chat');
  chat.setAttribute('thread-id', 'bench');
  chat.setAttribute('host', 'relay.test');
  chat.style.blockSize = '100vh';
  where.append(chat);
  await relay.met;
  return chat;
}

export class IvyChat implements Subject {
  readonly #relay = new ScriptedRelay({ kind: 'history', messages: [] });
  #chat: HTMLElement | undefined;
  #text = '';

  async mount(where: HTMLElement): Promise<void> {
    this.#chat = await place(where, this.#relay);
  }

  begin(): Promise<void> {
    this.#relay.send([
      { type: 'message', ...message({ isAnswer: false, text: 'Tell me all of it.' }, 0), gen: 0 },
      { type: 'streaming', isStreaming: true, messageId: RUN, gen: 0 },
    ]);
    return Promise.resolve();
  }

  piece(content: string): () => void {
    const token = { type: 'token', content, messageId: RUN, offset: this.#text.length } as const;
    const frame = leanText(content) ?? encodeFrame(token);
    this.#text += content;
    return () => this.#relay.sendText(frame);
  }

  end(): void {
    const told = { messageId: RUN, fullContent: this.#text, status: 'complete', timestamp: NOW } as const;
    this.#relay.send([
      leanEnd({ type: 'done', ...told, gen: 0 }),
      { type: 'streaming', isStreaming: false, messageId: RUN, gen: 0 },
    ]);
  }

  answer(): Node | undefined {
    return lastOf(this.#chat?.shadowRoot, '.markdown');
  }
}

export class IvyChatThread implements ThreadSubject {
  readonly #relay = new ScriptedRelay({ kind: 'silence' });
  #chat: HTMLElement | undefined;

  async prepare(where: HTMLElement, messages: readonly PastMessage[]): Promise<() => void> {
    this.#chat = await place(where, this.#relay);
    const frame = encodeFrame({
      type: 'history',
      mode: 'full',
      gen: 0,
      v: 1,
      messages: messages.map(message),
    });
    return () => this.#relay.greet(frame);
  }

  scroller(): Element | undefined {
    return lastOf(this.#chat?.shadowRoot, '.scroller');
  }

  newest(): Node | undefined {
    return lastOf(this.#chat?.shadowRoot, '.turns');
  }
}

function message({ isAnswer, text }: PastMessage, index: number): ThreadMessage {
  const role = isAnswer ? 'assistant' : 'user';
  return { id: `m${String(index)}`, role, content: text, timestamp: NOW, status: 'complete' };
}
