/**
 * The whole path as `npm start` starts it, driven in a real browser as a person would: ask, watch, reload, lose the
 * agent, get it back. In Chromium, or in the engine that `TEST_BROWSER` names.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/runner/demo.ts';
import { ChatPage } from '../support/chat-page.ts';
import type { DrivenBrowser, DrivenPage } from '../support/driven-page.ts';
import { engineOfRun, launchEngine } from '../support/engine.ts';

let demo: Demo;
let browser: DrivenBrowser;
let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'ivy-e2e-'));
  browser = await launchEngine(engineOfRun());
  demo = await startDemo({
    port: 0,
    demoPort: 0,
    agentPort: 0,
    stateDir,
    variables: {},
    pace: { firstTokenMs: 300, tokenMs: 15 },
  });
});

afterAll(async () => {
  await browser.close();
  await demo.stop();
  await rm(stateDir, { recursive: true });
});

async function open(path: string, thread: string): Promise<{ page: DrivenPage; chat: ChatPage }> {
  const page = await browser.open(`${demo.siteUrl}/${path}?thread=${thread}`);
  return { page, chat: new ChatPage(page) };
}

describe('a visitor of the demo page', () => {
  it('asks, watches the answer grow, reloads and finds the conversation', async () => {
    const { page, chat } = await open('', 'e2e-journey-1-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60');
    await chat.connected();
    await chat.watchAnswers();
    await chat.ask('How do I change the port?');
    const answer = await chat.nextAnswer();
    expect(answer.status).toBe('complete');
    expect(answer.text).toContain('PORT');

    const states = await chat.answerStates();
    expect(states.length).toBeGreaterThanOrEqual(5);
    expect(
      states.every((state, index) => index === 0 || state.length > (states[index - 1]?.length ?? 0)),
    ).toBe(true);

    await page.reload();
    await chat.connected();
    expect(await chat.turns()).toEqual(['How do I change the port?', await chat.lastAnswerText()]);
    expect(await chat.lastAnswerText()).toContain('PORT');
    await page.close();
  });

  it('[F01] reloads in the middle of an answer and sees it go on, once', async () => {
    const { page, chat } = await open('', 'e2e-journey-2-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60');
    await chat.connected();
    await chat.ask('How does a reload work?');
    await chat.streamingAtLeast(40);
    await page.reload();
    await chat.streamingAtLeast(60);
    const answer = await chat.idle();
    const [before] = await chat.messages();
    await page.reload();
    await chat.connected();
    const [after] = await chat.messages();
    expect(after).toEqual(before);
    expect(after).toHaveLength(2);
    expect(answer).toBe(after?.[1]?.content);
    await page.close();
  });

  it('sees an error when the agent is gone, and a retry that works when it is back', async () => {
    const { page, chat } = await open('', 'e2e-journey-3-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60');
    await chat.connected();
    await demo.agent?.stop();
    await chat.ask('How do I embed the chat?');
    await chat.problem();
    await demo.agent?.restart();
    await chat.pressRetry();
    const answer = await chat.nextAnswer();
    expect(answer.text).toContain('ivy-chat');
    expect(answer.status).toBe('complete');
    await page.close();
  });
});

describe('the other pages of the demo', () => {
  it('[F04] shows one conversation in both panes', async () => {
    const { page, chat } = await open('side-by-side.html', 'e2e-side-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60');
    await chat.connected(2);
    await chat.ask('What is the relay?');
    await chat.allIdle();
    const messages = await chat.messages();
    const texts = messages.map((thread) => thread.map(({ id, content }) => [id, content]));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toHaveLength(2);
    expect(texts[1]).toEqual(texts[0]);
    await page.close();
  });

  it('keeps two threads apart', async () => {
    const { page, chat } = await open('two-threads.html', 'e2e-two-5f0c2a8e-7d41-4b6e-9a3f-1c8d7e2b4a60');
    await chat.connected(2);
    await chat.ask('What is the relay?');
    await chat.idle();
    expect((await chat.messages()).map(({ length }) => length)).toEqual([2, 0]);
    await page.close();
  });
});
