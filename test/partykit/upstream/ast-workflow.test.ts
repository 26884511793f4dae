import { describe, expect, it } from 'vitest';
import { astWorkflow, type AstWorkflowConfig } from '../../../partykit/upstream/ast-workflow.ts';
import { describeRecordedStreams } from '../../support/replayed-streams.ts';
import { QUESTION } from '../../support/upstream-recorder.ts';

const CONFIG: AstWorkflowConfig = {
  url: 'https://agents.test/base',
  apiKey: 'sk-c4n4ry',
  workflow: 'wf_ivy',
};

const THREAD = { type: 'threadNamed', threadId: '8f14e45f-ceea-467f-9d3a-1c2b3a4d5e6f' } as const;
const END = { type: 'end' } as const;

describeRecordedStreams('ast-workflow', () => astWorkflow(CONFIG), {
  decided: /\[DONE\]/,
  readings: {
    normal: { text: 'Olá, mundo! 👩🏽‍💻 漢字\n\n- um\n- "dois"', rest: [THREAD, END] },
    'complete-only': { text: 'A resposta inteira, de uma vez: ação.', rest: [THREAD, END] },
    'error-then-done': { text: 'Vou ver', rest: [THREAD, { type: 'fail', code: 'upstream_failed' }] },
    'no-end-marker': {
      text: 'A resposta que foi cort',
      rest: [{ type: 'fail', code: 'upstream_truncated' }],
    },
    'garbage-events': { text: 'Antes e depois.', rest: [END] },
    'empty-tokens': { text: 'Sim.', rest: [END] },
    'foreign-dialect': { text: '', rest: [{ type: 'fail', code: 'upstream_failed' }] },
    'error-and-cut': { text: '', rest: [{ type: 'fail', code: 'upstream_failed' }] },
    proxied: { text: 'Ação!', rest: [THREAD, END] },
  },
});

describe('a reader of the workflow dialect', () => {
  const reader = () => astWorkflow(CONFIG).reader();
  const token = (content: string) => JSON.stringify({ type: 'token', content });

  it('passes over what it cannot read, up to three in a row', () => {
    const one = reader();
    expect([one.read('x'), one.read('x'), one.read(token('a')), one.read('x'), one.read('x')].flat()).toEqual(
      [{ type: 'token', text: 'a' }],
    );
    expect(one.read('x')).toMatchObject([{ type: 'fail', code: 'upstream_failed' }]);
  });

  it('ends without text when there was none', () => {
    expect(reader().read('[DONE]')).toEqual([END]);
  });

  it('takes the last whole text, and none when there were tokens', () => {
    const whole = reader();
    whole.read('{"type":"complete","content":"first"}');
    whole.read('{"type":"complete","content":"last"}');
    expect(whole.read('[DONE]')).toEqual([{ type: 'whole', text: 'last' }, END]);
    const streamed = reader();
    streamed.read(token('a'));
    streamed.read('{"type":"complete","content":"a"}');
    expect(streamed.read('[DONE]')).toEqual([END]);
  });

  it('[R5] reports no thread id that is empty or missing', () => {
    const events = ['{"type":"done"}', '{"type":"done","threadId":""}', '{"type":"done","threadId":null}'];
    expect(events.flatMap((data) => reader().read(data))).toEqual([]);
  });

  it('shares nothing with the next run', () => {
    const dialect = astWorkflow(CONFIG);
    dialect.reader().read('{"type":"error","content":"x"}');
    expect(dialect.reader().read('[DONE]')).toEqual([END]);
  });
});

describe('a call of the workflow dialect', () => {
  const request = { ...QUESTION, message: 'Olá "x"' };

  it('is the one that the service documents', () => {
    const { url, headers, body } = astWorkflow(CONFIG).call(request);
    expect(url).toBe('https://agents.test/base/workflows/wf_ivy/stream');
    expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer sk-c4n4ry' });
    expect(JSON.parse(body)).toEqual({ message: 'Olá "x"', threadId: 'thread-1' });
  });

  it('has no authorization without a key', () => {
    const { headers } = astWorkflow({ ...CONFIG, apiKey: undefined }).call(request);
    expect(Object.keys(headers).sort()).toEqual(['accept', 'content-type']);
  });

  it('[A10] keeps the name of the workflow inside its place in the path', () => {
    const { url } = astWorkflow({ ...CONFIG, workflow: '../../admin?x=#' }).call(request);
    expect(new URL(url).pathname).toBe('/base/workflows/..%2F..%2Fadmin%3Fx%3D%23/stream');
    expect(new URL(url).search).toBe('');
  });

  it.each([
    [401, 'upstream_rejected', 'AST_API_KEY'],
    [403, 'upstream_rejected', 'AST_API_KEY'],
    [404, 'upstream_rejected', 'AST_WORKFLOW'],
    [422, 'upstream_rejected', '422'],
    [429, 'rate_limited', '429'],
    [302, 'upstream_rejected', 'AST_URL'],
    [500, 'upstream_failed', '500'],
    [503, 'upstream_failed', '503'],
  ])('explains a %i to the operator: %s, %s', (status, code, hint) => {
    const failure = astWorkflow(CONFIG).explain(status);
    expect(failure).toMatchObject({ type: 'fail', code });
    expect(failure.hint).toContain(hint);
    expect(failure.hint).not.toContain('c4n4ry');
  });
});
