/** `GET /health` on a running relay. */
import { describe, expect, it } from 'vitest';
import { useRelay } from '../support/running-relay.ts';

const answer = async (relay: { host: string }): Promise<unknown> => {
  const response = await fetch(`http://${relay.host}/health`);
  const body: unknown = await response.json();
  return { code: response.status, body };
};

describe('a relay with an agent service', () => {
  const relay = useRelay(() => ({ AST_URL: 'http://127.0.0.1:9/canary-path', AST_API_KEY: 'canary-key' }));

  it('is ready, and tells no value', async () => {
    const told = await answer(relay);
    expect(told).toEqual({ code: 200, body: { status: 'ok', protocol: 1, upstream: 'configured' } });
  });

  it('answers nothing else over HTTP', async () => {
    const elsewhere = await fetch(`http://${relay.host}/nowhere`);
    const room = await fetch(relay.roomUrl('ivy_somebody').replace('ws:', 'http:'));
    expect([elsewhere.status, room.status]).toEqual([404, 404]);
  });
});

describe('a relay without one', () => {
  const relay = useRelay(() => ({}));

  it('is not ready', async () => {
    const told = await answer(relay);
    expect(told).toEqual({ code: 503, body: { status: 'not_ready', protocol: 1, upstream: 'unconfigured' } });
  });
});
