import { describe, expect, it } from 'vitest';
import {
  asciiJson,
  encodeEvent,
  parseWorkflowRequest,
  type ParsedRequest,
} from '../../../demo/agent/workflow-dialect.ts';

const parse = (body: string): ParsedRequest => parseWorkflowRequest(new TextEncoder().encode(body));

describe('asciiJson', () => {
  it('escapes as Python does', () => {
    expect(asciiJson({ content: 'Olá 😀 \u2028\u007f "x"\n' })).toBe(
      String.raw`{"content":"Ol\u00e1 \ud83d\ude00 \u2028\u007f \"x\"\n"}`,
    );
  });

  it('is undone by parsing', () => {
    const text = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('');
    const json = asciiJson(text);
    expect(json).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(json)).toBe(text);
  });
});

describe('encodeEvent', () => {
  it('makes one data line and a blank one', () => {
    expect(encodeEvent({ type: 'token', content: 'a\nb' })).toBe(
      'data: {"type":"token","content":"a\\nb"}\n\n',
    );
  });
});

describe('parseWorkflowRequest', () => {
  it('reads message and thread', () => {
    expect(parse('{"message":"hi","threadId":"t1","extra":1}')).toEqual({
      ok: true,
      request: { message: 'hi', threadId: 't1' },
    });
  });

  it.each(['{"message":"hi"}', '{"message":"hi","threadId":null}'])('gives a thread to %s', (body) => {
    const parsed = parse(body);
    expect(parsed.ok && parsed.request.threadId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['', 'json_invalid', ['body']],
    ['{', 'json_invalid', ['body']],
    ['[]', 'model_attributes_type', ['body']],
    ['null', 'model_attributes_type', ['body']],
    ['"hi"', 'model_attributes_type', ['body']],
    ['{}', 'missing', ['body', 'message']],
    ['{"message":1}', 'string_type', ['body', 'message']],
    ['{"message":null}', 'string_type', ['body', 'message']],
    ['{"message":""}', 'string_too_short', ['body', 'message']],
    ['{"message":" \\n\\t"}', 'string_too_short', ['body', 'message']],
    ['{"message":"hi","threadId":7}', 'string_type', ['body', 'threadId']],
    ['{"message":"hi","threadId":""}', 'string_too_short', ['body', 'threadId']],
    [`{"message":"hi","threadId":"${'x'.repeat(257)}"}`, 'string_too_long', ['body', 'threadId']],
  ])('refuses %j as %s', (body, type, loc) => {
    expect(parse(body)).toMatchObject({ ok: false, invalid: [{ type, loc }] });
  });

  it('refuses bytes that are no text', () => {
    expect(parseWorkflowRequest(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({
      ok: false,
      invalid: [{ type: 'json_invalid' }],
    });
  });

  it('does not repeat what was sent', () => {
    expect(JSON.stringify(parse('{"message":["secret"]}'))).not.toContain('secret');
  });
});
