/** What a client gets that comes back, by the cursor that it brings (rules H2, H4 to H6, R4). */
import { describe, expect, it } from 'vitest';
import type { Query, RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';
import { useAgent, type AgentCall } from '../support/scripted-agent.ts';

const agent = useAgent();
const relay = useRelay(() => ({ AST_URL: agent.url }));

interface OpenRun {
  readonly thread: string;
  readonly client: RelayClient;
  readonly call: AgentCall;
  /** Ids of the earlier answer, the open question and the open answer. */
  readonly earlier: string;
  readonly question: string;
  readonly run: string;
}

const SO_FAR = 'Olá 🌍, it begins';

/** One finished turn, and a second one whose answer is at `SO_FAR`. */
async function openRun(): Promise<OpenRun> {
  const thread = freshThread();
  const client = await relay.join(thread);
  client.send({ type: 'message', content: 'First' });
  (await agent.next()).answer('To the first');
  await client.end();
  client.send({ type: 'message', content: 'Second' });
  const call = await agent.next();
  call.token(SO_FAR);
  const { id: question } = await client.next('message');
  const { messageId: run = '' } = await client.next('streaming');
  await client.text(SO_FAR);
  const earlier = client.thread.messages[1]?.id ?? '';
  return { thread, client, call, earlier, question, run };
}

const cursor = (last: string, run?: string, off?: number, gen = 0): Query => ({
  v: '1',
  gen: String(gen),
  last,
  ...(run === undefined ? {} : { run }),
  ...(off === undefined ? {} : { off: String(off) }),
});

describe('a cursor that the room knows', () => {
  it.each([0, 5, SO_FAR.length - 1])('H4, H5: gets only the text from offset %i on', async (off) => {
    const { thread, call, question, run } = await openRun();
    const back = await relay.connect(thread, cursor(question, run, off));

    expect(await back.next()).toEqual({ type: 'history', messages: [], gen: 0, mode: 'tail', v: 1 });
    expect(await back.next()).toEqual({ type: 'streaming', isStreaming: true, messageId: run, gen: 0 });
    expect(await back.next()).toEqual({
      type: 'token',
      content: SO_FAR.slice(off),
      messageId: run,
      offset: off,
    });
    call.answer('!');
    expect(await back.next()).toEqual({ type: 'token', content: '!', messageId: run, offset: SO_FAR.length });
    expect(await back.next('done')).toMatchObject({ messageId: run, fullContent: `${SO_FAR}!` });
  });

  it('H5: gets no token when it has all of the text', async () => {
    const { thread, call, question, run } = await openRun();
    const back = await relay.connect(thread, cursor(question, run, SO_FAR.length));

    expect(await back.next('history')).toMatchObject({ mode: 'tail', messages: [] });
    await back.next('streaming');
    call.answer('!');
    expect(await back.next()).toMatchObject({ type: 'token', content: '!', offset: SO_FAR.length });
  });

  it('H4: gets the messages that came since, and the open run from its beginning', async () => {
    const { thread, earlier, question, run } = await openRun();
    const back = await relay.connect(thread, cursor(earlier));

    const history = await back.next('history');
    expect(history.mode).toBe('tail');
    expect(history.messages.map(({ id }) => id)).toEqual([question]);
    await back.next('streaming');
    expect(await back.next('token')).toMatchObject({ content: SO_FAR, offset: 0, messageId: run });
  });

  it('F03: gets the whole answer, and no streaming, when the run has ended in the meantime', async () => {
    const { thread, client, call, question, run } = await openRun();
    call.answer('!');
    await client.end();
    const back = await relay.connect(thread, cursor(question, run, 3));

    const history = await back.next('history');
    expect(history.mode).toBe('tail');
    expect(history.messages).toMatchObject([{ id: run, content: `${SO_FAR}!`, status: 'complete' }]);
    expect(await back.settled()).toEqual([]);
  });

  it('S1: is answered the same in a history frame, after a gap', async () => {
    const { client, question, run } = await openRun();
    client.send({ type: 'history', cursor: { gen: 0, last: question, run, off: 4 } });

    expect(await client.settled()).toEqual([
      { type: 'history', messages: [], gen: 0, mode: 'tail', v: 1 },
      { type: 'streaming', isStreaming: true, messageId: run, gen: 0 },
      { type: 'token', content: SO_FAR.slice(4), messageId: run, offset: 4 },
    ]);
  });
});

describe('H6: a cursor that the room cannot follow gets the whole snapshot', () => {
  const cases: readonly (readonly [string, (run: OpenRun) => Query])[] = [
    ['of another generation', ({ question, run }) => cursor(question, run, 3, 1)],
    ['ahead of the room', ({ question, run }) => cursor(question, run, SO_FAR.length + 1)],
    ['with a message that is not there', ({ run }) => cursor('nobody-knows-it', run, 3)],
    ['with a run that is not there', ({ question }) => cursor(question, 'nobody-knows-it', 3)],
    ['that cannot be read', ({ question, run }) => ({ v: '1', gen: 'x', last: question, run, off: '-1' })],
    ['of nothing but a generation', () => ({ v: '1', gen: '0' })],
  ];

  it.each(cases)('%s', async (_name, queryOf) => {
    const open = await openRun();
    const back = await relay.connect(open.thread, queryOf(open));

    const history = await back.next('history');
    expect(history.mode).toBe('full');
    expect(history.messages.map(({ content }) => content)).toEqual(['First', 'To the first', 'Second']);
    await back.next('streaming');
    expect(await back.next('token')).toMatchObject({ content: SO_FAR, offset: 0, messageId: open.run });
  });
});

describe('R4: a long thread', () => {
  it('comes in pages to a version-1 client, and whole to an original one', async () => {
    const thread = freshThread();
    const client = await relay.join(thread);
    const contents: string[] = [];
    for (let turn = 1; turn <= 60; turn += 1) {
      client.send({ type: 'message', content: `Question ${turn}` });
      (await agent.next()).answer(`Answer ${turn}`);
      await client.end();
      contents.push(`Question ${turn}`, `Answer ${turn}`);
    }
    const reader = await relay.connect(thread);
    const newest = await reader.next('history');
    expect(newest.messages.map(({ content }) => content)).toEqual(contents.slice(70));
    expect(newest.before).toBe(newest.messages[0]?.id);

    reader.send({ type: 'history', before: newest.before, limit: 30 });
    const middle = await reader.next('history');
    expect(middle).toMatchObject({ mode: 'page', gen: 0 });
    expect(middle.messages.map(({ content }) => content)).toEqual(contents.slice(40, 70));

    reader.send({ type: 'history', before: middle.before, limit: 100 });
    const oldest = await reader.next('history');
    expect(oldest.messages.map(({ content }) => content)).toEqual(contents.slice(0, 40));
    expect(oldest).not.toHaveProperty('before');
    expect(reader.thread.messages.map(({ content }) => content)).toEqual(contents);

    const original = await (await relay.connect(thread, {})).next('history');
    expect(original.messages.map(({ content }) => content)).toEqual(contents);
  });
});
