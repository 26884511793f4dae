import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyFrame, EMPTY_THREAD, type ServerFrame, type ThreadMessage } from '#protocol';
import { en } from '../../widget/i18n/en.ts';
import { MarkdownDocument } from '../../widget/markdown/document.ts';
import { BATCH_MS, Narration, type Announce } from '../../widget/narration.ts';

const ID = 'a';

/** Hears what a relay sends, and writes down what is said of it. */
class Listener {
  announce: Announce = 'answers';
  unread: string | undefined;
  readonly heard: string[] = [];
  readonly narration = new Narration(
    () => ({ announce: this.announce, words: en, unread: this.unread }),
    (urgency, text) => this.heard.push(urgency === 'polite' ? text : `! ${text}`),
  );
  #thread = EMPTY_THREAD;

  receive(...frames: readonly ServerFrame[]): this {
    for (const frame of frames) {
      const { thread, changes } = applyFrame(this.#thread, frame);
      this.#thread = thread;
      const { messages, run } = thread;
      const snapshot = {
        connection: 'open',
        messages,
        pending: [],
        isStreaming: run !== undefined,
        streamingContent: run?.text ?? '',
        streamingId: run?.messageId,
        hasOlder: false,
        error: undefined,
        canWrite: true,
      } as const;
      for (const change of changes) this.narration.hear(change, { snapshot });
    }
    return this;
  }

  /** More text of the answer. */
  grow(content: string): this {
    const offset = this.#thread.run?.text.length ?? 0;
    return this.receive({ type: 'token', content, messageId: ID, offset });
  }

  /** What was said since the last time. */
  get news(): string[] {
    return this.heard.splice(0);
  }
}

const begin: ServerFrame = { type: 'streaming', isStreaming: true, messageId: ID };
const end: ServerFrame = { type: 'streaming', isStreaming: false, messageId: ID };
const done = (fullContent: string, status: ThreadMessage['status'] = 'complete'): ServerFrame => ({
  type: 'done',
  messageId: ID,
  fullContent,
  status,
});
const sent = (content: string): ServerFrame => ({
  type: 'message',
  id: 'u',
  role: 'user',
  content,
  timestamp: 1,
  status: 'complete',
});

describe('Narration', () => {
  let listener: Listener;
  beforeEach(() => {
    vi.useFakeTimers();
    listener = new Listener();
  });
  afterEach(() => void vi.useRealTimers());

  it('reads no more of a long answer than can be said of it', () => {
    const reads = vi.spyOn(MarkdownDocument.prototype, 'finish');
    listener.receive(begin, done('Some *words* of an answer. '.repeat(10_000)), end);
    const [, said = ''] = listener.news;
    expect(said).toMatch(/^Assistant said: (?:Some words of an answer\. ?)+…$/);
    expect(said.length).toBeLessThan(700);
    expect(reads).toHaveBeenCalled();
    for (const [text] of reads.mock.calls) expect(text.length).toBeLessThan(20_000);
    reads.mockRestore();
  });

  it.each([
    [
      'code',
      `Here it is:\n\n\`\`\`\n${'let x;\n'.repeat(1_500)}\`\`\`\n\nRun it.`,
      'Here it is: Code block. Run it.',
    ],
    ['an address', `[The chart](https://ivy.example/${'a'.repeat(9_000)}) and more.`, 'The chart and more.'],
    ['nothing', `${'\n'.repeat(9_000)}Enough.`, 'Enough.'],
  ])('says what comes after %s that is long and is not said', (_what, text, said) => {
    listener.receive(begin, done(text), end);
    expect(listener.news.at(-1)).toBe(`Assistant said: ${said}`);
  });

  it('says what was sent, that an answer is written, and the answer: no token of it', () => {
    listener.receive(sent('Hi'), begin).grow('**Bo').grow('ld**');
    vi.advanceTimersByTime(10_000);
    listener.receive(done('**Bold** words'), end);

    expect(listener.news).toEqual(['You said: Hi', en.answering, 'Assistant said: Bold words']);
  });

  it('shortens a long message, whose writer knows it, and a long answer', () => {
    listener.receive(sent('word '.repeat(100)), begin, done('word '.repeat(500)), end);
    const [message, , answer] = listener.news;

    expect(message?.length).toBeLessThan(140);
    expect(answer?.length).toBeLessThan(640);
    expect(message?.endsWith('word…') && answer?.endsWith('word…')).toBe(true);
  });

  it.each([
    ['stopped', `Assistant said: Half ${en.stopped}`],
    ['interrupted', `Assistant said: Half ${en.interrupted}`],
    ['failed', 'Assistant said: Half'],
  ] as const)('says how an answer ended that is %s', (status, sentence) => {
    listener.receive(begin, done('Half', status), end);
    expect(listener.news.slice(1)).toEqual([sentence]);
  });

  it('says of a stopped answer without text that it was stopped', () => {
    listener.receive(begin, done('', 'stopped'), end);
    expect(listener.news.slice(1)).toEqual([en.stopped]);
  });

  it('[S3] interrupts with an error, and says it once', () => {
    listener.receive(
      begin,
      done('', 'failed'),
      { type: 'error', message: 'Traceback', code: 'upstream_rejected', messageId: ID },
      end,
    );
    expect(listener.news.slice(1)).toEqual([`! ${en.errors.upstream_rejected}`]);
  });

  it('says an answer that ended while there was no connection', () => {
    listener.receive(begin).grow('Ha');
    const message = {
      id: ID,
      role: 'assistant',
      content: 'Half and all',
      timestamp: 2,
      status: 'complete',
    } as const;
    listener.receive({ type: 'history', mode: 'tail', messages: [message] });

    expect(listener.news).toEqual([en.answering, 'Assistant said: Half and all']);
  });

  it('says nothing of history', () => {
    const message = { id: 'x', role: 'assistant', content: 'Old', timestamp: 2, status: 'complete' } as const;
    listener.receive({ type: 'history', mode: 'full', messages: [message] });
    expect(listener.news).toEqual([]);
  });

  it('says of a closed panel only how many answers are in it', () => {
    listener.unread = '1 new answer';
    listener.receive(sent('Hi'), begin).grow('Text').receive(done('Text'), end);
    listener.receive({ type: 'error', message: 'no', code: 'busy' });
    listener.narration.observe('reconnecting');

    expect(listener.news).toEqual(['1 new answer']);
  });

  it('says nothing at all where the page speaks itself', () => {
    listener.announce = 'off';
    listener.receive(sent('Hi'), begin).grow('Text. T').receive(done('Text. T'), end);
    listener.receive({ type: 'error', message: 'no', code: 'busy' });
    listener.narration.observe('offline');
    vi.advanceTimersByTime(10_000);

    expect(listener.news).toEqual([]);
  });

  it('tells an original relay’s answers apart, which have no name while they are written', () => {
    for (const id of ['one', 'two']) {
      listener.receive({ type: 'streaming', isStreaming: true });
      listener.receive({ type: 'token', content: id });
      listener.receive({ type: 'done', messageId: id, fullContent: id, status: 'complete' });
      listener.receive({ type: 'streaming', isStreaming: false });
    }
    expect(listener.news.filter((text) => text !== en.answering)).toEqual([
      'Assistant said: one',
      'Assistant said: two',
    ]);
  });

  describe('by sentences', () => {
    beforeEach(() => (listener.announce = 'sentences'));

    it('says finished sentences at most once in a while, and at the end the rest', () => {
      listener.receive(begin).grow('One. ').grow('Two. ').grow('Three');
      expect(listener.news).toEqual([en.answering]);
      vi.advanceTimersByTime(BATCH_MS);
      expect(listener.news).toEqual(['One. Two.']);
      listener.grow(' four. Fi');
      vi.advanceTimersByTime(BATCH_MS - 1);
      expect(listener.news).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(listener.news).toEqual(['Three four.']);
      listener.receive(done('One. Two. Three four. Five.'), end);
      vi.advanceTimersByTime(BATCH_MS);

      expect(listener.news).toEqual([`Five. ${en.answered}`]);
    });

    it('says all of an answer that was faster', () => {
      listener.receive(begin).grow('One. Two').receive(done('One. Two'), end);
      vi.advanceTimersByTime(BATCH_MS);

      expect(listener.news.slice(1)).toEqual(['Assistant said: One. Two']);
    });

    it('[S1] does not say again what a new connection brings again', () => {
      listener.receive(begin).grow('One. Two');
      vi.advanceTimersByTime(BATCH_MS);
      listener.receive({ type: 'history', mode: 'full', messages: [] }, begin).grow('One. Two. Three');
      vi.advanceTimersByTime(BATCH_MS);

      expect(listener.news).toEqual([en.answering, 'One.', 'Two.']);
    });

    it('falls silent when the conversation is left', () => {
      listener.receive(begin).grow('One. Two');
      listener.narration.stop();
      vi.advanceTimersByTime(BATCH_MS);

      expect(listener.news).toEqual([en.answering]);
    });
  });

  it('says what is the matter with the connection once, and when it is back', () => {
    for (const link of [
      'quiet',
      'online',
      'quiet',
      'reconnecting',
      'reconnecting',
      'offline',
      'quiet',
      'online',
    ] as const)
      listener.narration.observe(link);

    expect(listener.news).toEqual([en.reconnecting, en.offline, en.online]);
  });

  it('leaves a refused connection to the error that says why', () => {
    listener.narration.observe('refused');
    expect(listener.news).toEqual([]);
  });
});
