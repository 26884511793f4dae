/**
 * A relay whose agent service is a model behind chat completions, served by somebody else's server: its variables arrive as
 * they were written, what was said goes along, and nothing secret comes back.
 */
import { randomUUID } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { RelayClient } from '../support/relay-client.ts';
import { freshThread, useRelay } from '../support/running-relay.ts';

const CANARY = {
  key: 'canary-key-77d1',
  header: 'canary-header-02ce',
  prompt: 'canary-prompt-c4b8',
  words: 'canary-words-9a6e',
};
const PROMPT = `You are "Ivy".\nYou don't say ${CANARY.prompt}, $HOME or #1.`;

const model = new LLMock({ port: 0, chunkSize: 6, auth: { apiKeys: [CANARY.key] } });

beforeAll(async () => {
  model.onMessage('Where', { content: 'In the second answer.', reasoning: CANARY.words });
  model.onMessage('Fail', { error: { message: CANARY.words, type: 'server_error' }, status: 500 });
  model.onMessage(/.*/, { content: 'The first answer.' });
  await model.start();
});

afterAll(() => model.stop());

const relay = useRelay(() => ({
  UPSTREAM: 'openai',
  OPENAI_BASE_URL: `${model.url}/v1`,
  OPENAI_API_KEY: CANARY.key,
  OPENAI_MODEL: 'gpt-4o',
  OPENAI_SYSTEM_PROMPT: PROMPT,
  UPSTREAM_HEADERS: JSON.stringify({ 'X-Title': `It's "${CANARY.header}"` }),
}));

async function ask(client: RelayClient, content: string): Promise<string | undefined> {
  client.send({ type: 'message', content, id: randomUUID() });
  const frames = await client.end();
  return frames.find((frame) => frame.type === 'done')?.fullContent;
}

const bodySchema = z.looseObject({ messages: z.array(z.unknown()) });

describe('a relay with a model', () => {
  it('answers, and takes along the system prompt and what was said', async () => {
    const client = await relay.join(freshThread());
    expect(await ask(client, 'Hello?')).toBe('The first answer.');
    expect(await ask(client, 'Where am I?')).toBe('In the second answer.');
    const asked = model.getLastRequest();
    expect(bodySchema.parse(asked?.body).messages).toEqual([
      { role: 'system', content: PROMPT },
      { role: 'user', content: 'Hello?' },
      { role: 'assistant', content: 'The first answer.' },
      { role: 'user', content: 'Where am I?' },
    ]);
    expect(asked?.headers).toMatchObject({ 'x-title': `It's "${CANARY.header}"` });

    client.send({ type: 'clear' });
    await client.next('history');
    expect(await ask(client, 'Hello again?')).toBe('The first answer.');
    expect(bodySchema.parse(model.getLastRequest()?.body).messages).toHaveLength(2);
  });

  it('[A11] says nothing of its key, its prompt or the words of the service, in no frame and no line', async () => {
    const client = await relay.join(freshThread());
    expect(await ask(client, 'Fail!')).toBe('');
    await relay.printed('the service failed (500)');
    const told = [...relay.clients.flatMap(({ texts }) => texts), ...relay.lines.map(({ text }) => text)];
    for (const canary of Object.values(CANARY))
      expect(told.filter((text) => text.includes(canary))).toEqual([]);
  });
});
