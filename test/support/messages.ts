/** Messages for tests: what is not said is of no interest there. */
import type { ThreadMessage } from '#protocol';

export function userMessage(id: string, content = `text of ${id}`, timestamp = 1): ThreadMessage {
  return { id, role: 'user', content, timestamp, status: 'complete' };
}

export function answerMessage(id: string, parts: Partial<ThreadMessage> = {}): ThreadMessage {
  return { id, role: 'assistant', content: `text of ${id}`, timestamp: 2, status: 'complete', ...parts };
}

/** Emoji with joiners and skin tones, combining marks, CJK, right-to-left, and plain text. */
export const HARD_TEXT = 'Olá 👩🏽‍💻 e\u0301 n\u0303 漢字かな交じり 한글 🇧🇷 مرحبا \u{20BB7}🤷🏿‍♀️ fim.';
