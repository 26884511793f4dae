/** `GET /metrics` on a running relay: what its rooms have counted, over all of them, and the object that holds it. */
import { request as httpRequest } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { connect } from '../support/relay-client.ts';
import { freshThread, useRelay, type RunningRelay } from '../support/running-relay.ts';
import { useAgent } from '../support/scripted-agent.ts';

const TOKEN = 'canary-token-for-metrics';

/** A room reports every ten seconds, and this machine may be busy. */
const REPORTED_MS = 40_000;

const agent = useAgent();

function ask(relay: RunningRelay, token?: string): Promise<Response> {
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  return fetch(`http://${relay.host}/metrics`, { ...(headers && { headers }) });
}

/** The samples that are not 0, by name. */
async function samples(relay: RunningRelay): Promise<Readonly<Record<string, number>>> {
  const text = await (await ask(relay, TOKEN)).text();
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number] => {
        const [name = '', value] = line.split(' ');
        return [name, Number(value)];
      })
      .filter(([, value]) => value !== 0),
  );
}

/** With the path as it is, which `fetch` would tidy; without a body, since a development server stumbles over unread ones. */
function statusOf(relay: RunningRelay, method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port: relay.port, method, path };
    const request = httpRequest(to, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end();
  });
}

describe('a relay without METRICS_TOKEN', () => {
  const relay = useRelay(() => ({}));

  it('has no metrics: the answer is that of any unknown path', async () => {
    const [metrics, withToken, nowhere] = await Promise.all([
      ask(relay),
      ask(relay, TOKEN),
      fetch(`http://${relay.host}/nowhere`),
    ]);
    const told = async (response: Response) => [
      response.status,
      response.headers.get('content-type'),
      response.headers.get('www-authenticate'),
      await response.text(),
    ];
    const unknown = await told(nowhere);

    expect(unknown[0]).toBe(404);
    expect(await told(metrics)).toEqual(unknown);
    expect(await told(withToken)).toEqual(unknown);
  });
});

describe('a relay with METRICS_TOKEN', () => {
  const relay = useRelay(() => ({
    AST_URL: agent.url,
    AST_API_KEY: 'canary-key',
    METRICS_TOKEN: TOKEN,
  }));

  it('tells runs, tokens, reconnects and errors of all rooms, and keeps them over a crash', async () => {
    expect(await samples(relay)).toEqual({});
    const thread = `${freshThread()}-canary-thread`;
    const ana = await relay.join(thread);
    ana.send({ type: 'message', content: 'canary question', id: 'canary-message' });
    (await agent.next()).answer('can', 'ary', ' answer');
    await ana.end();
    await ana.close();
    const again = await relay.join(thread, { v: '1', gen: '0', last: 'canary-message' });
    again.send({ type: 'message', content: 'canary failure' });
    (await agent.next()).status(500);
    await again.end();
    const other = await relay.join(freshThread());
    other.send('no frame');
    await other.next('error');

    const all = {
      ivy_connections_total: 3,
      ivy_reconnects_total: 1,
      ivy_runs_started_total: 2,
      'ivy_runs_ended_total{status="complete"}': 1,
      'ivy_runs_ended_total{status="failed"}': 1,
      ivy_tokens_total: 3,
      ivy_answer_chars_total: 'canary answer'.length,
      'ivy_errors_total{code="upstream_failed"}': 1,
      'ivy_errors_total{code="bad_frame"}': 1,
    };
    await vi.waitFor(async () => expect(await samples(relay)).toEqual(all), {
      timeout: REPORTED_MS,
      interval: 250,
    });
    await relay.kill();
    await relay.start();

    expect(await samples(relay)).toEqual(all);
    const answer = await ask(relay, TOKEN);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toContain('canary');
  });

  it('[A12] tells nobody who has another token or none, and logs none', async () => {
    const wrong = `${TOKEN.slice(0, -1)}x`;
    for (const token of [undefined, wrong]) {
      const answer = await ask(relay, token);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.text()).not.toMatch(/ivy_|canary/);
    }
    // A development server writes down addresses, and with them the thread.
    expect(relay.lines.filter(({ text }) => /canary[- ](?!thread)/.test(text))).toEqual([]);
  });

  it('[H3] lets no stranger to the object that holds the counts, by whatever name', async () => {
    for (const path of ['/parties/metrics/all', '/parties/metrics/ivy_all', '//parties//metrics//all']) {
      for (const method of ['GET', 'POST']) {
        expect(await statusOf(relay, method, path), `${method} ${path}`).toBe(404);
      }
    }
    for (const name of ['all', `ivy_${freshThread()}`]) {
      const client = await connect(`ws://${relay.host}/parties/metrics/${name}`, { v: '1' });
      relay.clients.push(client);
      expect(await client.next()).toMatchObject({ type: 'error', code: 'bad_frame' });
      expect(await client.closed).toEqual({ code: 4400, reason: 'bad_thread' });
    }
  });
});
