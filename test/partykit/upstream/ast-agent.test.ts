import { describe, expect, it } from 'vitest';
import { astAgent, type AstAgentConfig } from '../../../partykit/upstream/ast-agent.ts';
import { describeRecordedStreams } from '../../support/replayed-streams.ts';
import { QUESTION } from '../../support/upstream-recorder.ts';

const CONFIG: AstAgentConfig = { url: 'https://agents.test/base', apiKey: 'sk-c4n4ry', agent: undefined };
const END = { type: 'end' };
const FAILED = { type: 'fail', code: 'upstream_failed' };

describeRecordedStreams('ast-agent', () => astAgent(CONFIG), {
  decided: /\[DONE\]/,
  readings: {
    tools: { text: 'Vou ver o tempo.\n\nSão 20 °C ☀️', rest: [END] },
    'toolkit-tools': { text: 'Vou ver.\n\nSão 20 °C ☀️', rest: [END] },
    'toolkit-asks-back': { text: 'Posso reservar.\n\nShall I book the room?', rest: [END] },
    'toolkit-quiet': { text: 'Uma resposta quieta.', rest: [END] },
    'silent-tool': { text: 'Found it.', rest: [END] },
    unstreamed: { text: 'A resposta inteira: ação.', rest: [END] },
    interrupt: { text: 'I can book it.\n\nShall I book the room?', rest: [END] },
    repeated: { text: 'From the expert.', rest: [END] },
    error: { text: 'Half', rest: [FAILED] },
    cut: { text: 'The answer was cu', rest: [{ type: 'fail', code: 'upstream_truncated' }] },
    'workflow-dialect': { text: '', rest: [FAILED] },
  },
});

it('tells a message that was streamed by its tokens alone, however the graph writes it in the end', () => {
  const reader = astAgent(CONFIG).reader();
  reader.read('{"type":"token","content":"Found  it, "}');
  reader.read('{"type":"message","content":{"type":"ai","content":"Found it."}}');
  expect(reader.read('[DONE]')).toEqual([END]);
});

describe('a call of the agent dialect', () => {
  it('is the one that the toolkit documents', () => {
    const { url, headers, body } = astAgent({ ...CONFIG, headers: { 'x-tenant': 'a' } }).call(QUESTION);
    expect(url).toBe('https://agents.test/base/stream');
    expect(headers).toMatchObject({ authorization: 'Bearer sk-c4n4ry', 'x-tenant': 'a' });
    expect(JSON.parse(body)).toEqual({ message: 'question', thread_id: 'thread-1', stream_tokens: true });
  });

  it('[A10] keeps the name of the agent inside its place in the path', () => {
    const { url } = astAgent({ ...CONFIG, agent: '../admin?x=#' }).call(QUESTION);
    expect(new URL(url).pathname).toBe('/base/..%2Fadmin%3Fx%3D%23/stream');
  });

  it('explains a 404 by the agent that is not there', () => {
    expect(astAgent({ ...CONFIG, agent: 'research' }).explain(404).hint).toMatch(
      /no agent research.*AST_AGENT/,
    );
    expect(astAgent(CONFIG).explain(404).hint).toMatch(/AST_URL.*AST_AGENT/);
  });
});
