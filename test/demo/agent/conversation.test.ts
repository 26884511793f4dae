import { describe, expect, it } from 'vitest';
import {
  Conversations,
  readQuestion,
  type Inquiry,
  type Topic,
  type Turn,
} from '../../../demo/agent/conversation.ts';
import { wordsOf } from '../../../demo/agent/words.ts';

const TOPIC: Topic = { title: 'Ports', words: wordsOf('ports') };
const TURNS: readonly Turn[] = [{ topic: TOPIC, shown: ['README.md#1.0'] }];

const topicOf = (inquiry: Inquiry): Topic | undefined =>
  inquiry.kind === 'small-talk' ? undefined : inquiry.topic;

describe('readQuestion', () => {
  it.each([
    'and how do I change it?',
    'why?',
    'show me an example',
    'what about the key?',
    'the key?',
    'How do I configure them?',
    'e como eu mudo isso?',
    '¿y cómo lo cambio?',
    'what does that mean?',
  ])('takes %j for a follow-up', (question) => {
    expect(readQuestion(question, TURNS)).toMatchObject({ kind: 'search', topic: TOPIC });
  });

  it.each([
    'How do I run the tests?',
    'How do I deploy to Cloudflare?',
    'Is it possible to restyle buttons?',
    'How does the relay keep answers when everybody leaves while it streams tokens?',
    'Which colors are there?',
  ])('takes %j for a question of its own', (question) => {
    expect(readQuestion(question, TURNS)).toMatchObject({ kind: 'search', topic: undefined });
  });

  it.each([
    'more',
    'More please',
    'tell me more',
    'tell me more about it',
    'continue',
    'go on',
    'what else?',
    'mais',
    'más',
  ])('takes %j for a wish for more', (question) => {
    expect(readQuestion(question, TURNS)).toEqual({ kind: 'more', topic: TOPIC });
  });

  it('searches for a subject that more is wanted of', () => {
    expect(readQuestion('tell me more about tokens', TURNS)).toMatchObject({ kind: 'search', another: true });
  });

  it('knows when code is wanted', () => {
    expect(readQuestion('a code example of tokens', [])).toMatchObject({ wantsCode: true });
    expect(readQuestion('which error codes are there', [])).toMatchObject({ wantsCode: false });
  });

  it('has no topic before the first answer', () => {
    expect(topicOf(readQuestion('and why is that?', []))).toBeUndefined();
    expect(topicOf(readQuestion('more', []))).toBeUndefined();
  });

  it('goes back over turns about nothing', () => {
    expect(topicOf(readQuestion('why?', [...TURNS, { topic: undefined, shown: [] }]))).toBe(TOPIC);
  });
});

describe('Conversations', () => {
  const turn = (id: string): Turn => ({ topic: undefined, shown: [id] });
  const shownIn = (conversations: Conversations, threadId: string): readonly string[] =>
    conversations.turnsOf(threadId).flatMap(({ shown }) => shown);

  it('keeps threads apart', () => {
    const conversations = new Conversations();
    conversations.remember('a', turn('1'));
    conversations.remember('b', turn('2'));
    conversations.remember('a', turn('3'));
    expect(shownIn(conversations, 'a')).toEqual(['1', '3']);
    expect(shownIn(conversations, 'b')).toEqual(['2']);
    expect(shownIn(conversations, 'c')).toEqual([]);
  });

  it('forgets the oldest turns of a thread', () => {
    const conversations = new Conversations({ maxTurns: 2 });
    for (const id of ['1', '2', '3']) conversations.remember('a', turn(id));
    expect(shownIn(conversations, 'a')).toEqual(['2', '3']);
  });

  it('forgets the thread that was silent for longest', () => {
    const conversations = new Conversations({ maxThreads: 2 });
    conversations.remember('a', turn('1'));
    conversations.remember('b', turn('2'));
    conversations.remember('a', turn('3'));
    conversations.remember('c', turn('4'));
    expect(['a', 'b', 'c'].map((threadId) => shownIn(conversations, threadId))).toEqual([
      ['1', '3'],
      [],
      ['4'],
    ]);
  });
});
