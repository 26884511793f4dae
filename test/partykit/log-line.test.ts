/** What a line of the log may be made of (A12). */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseJson } from '#protocol';
import { writeLogLine } from '../../partykit/log-line.ts';

const FORGED = '{"event":"run_ended","status":"complete"}';

/** Everything that was written, as a program that reads lines gets it. */
function written(text: string): readonly string[] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  writeLogLine({ event: 'refused', hint: text });
  return log.mock.calls.map((values) => values.map(String).join(' '));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('text in a line of the log', () => {
  it.each([
    ['a line feed', `a\n${FORGED}`],
    ['a carriage return', `a\r${FORGED}`],
    ['both', `a\r\n${FORGED}\r\n`],
    ['a separator of lines', `a\u2028${FORGED}`],
    ['a separator of paragraphs', `a\u2029${FORGED}`],
    ['a next line', `a\u0085${FORGED}`],
    ['a vertical tab and a form feed', `a\u000b\f${FORGED}`],
    ['a colour', '\u001b[31mred\u001b[0m'],
    ['an empty screen', '\u001b[2J\u001b[H'],
    ['a title of the window', '\u001b]0;title\u0007'],
    ['a control sequence in one character', '\u009b31mred'],
    ['a backspace and a delete', 'secret\b\b\u007f'],
    ['an end of a string', 'a\0b'],
    ['quotes and an end of the object', `"}\n${FORGED}`],
    ['what turns text around', 'a\u202e\u2066b\u2069'],
    ['what cannot be seen', 'a\u200b\ufeff\u00adb'],
    ['half a character', 'a\ud83d'],
    ['letters of other scripts', 'ação 漢字 👩🏽‍💻'],
  ])('[A12] stays one line of JSON, in signs that a terminal only shows: %s', (_what, text) => {
    const lines = written(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[\x20-\x7e]*$/);
    expect(parseJson(lines[0])).toEqual({ event: 'refused', hint: text });
  });
});
