/** Turns and frames in short, for those who write states. */
import type { ErrorCode, MessageStatus, ServerFrame, ThreadMessage } from '#protocol';
import { minutesAgo, type Greeting, type Step } from './state.ts';

export function asked(content: string, minutes = 3): ThreadMessage {
  return {
    id: `user-${String(minutes)}`,
    role: 'user',
    content,
    timestamp: minutesAgo(minutes),
    status: 'complete',
  };
}

export function answered(
  content: string,
  minutes = 2,
  status: MessageStatus = 'complete',
  code?: ErrorCode,
): ThreadMessage {
  return {
    id: `answer-${String(minutes)}`,
    role: 'assistant',
    content,
    timestamp: minutesAgo(minutes),
    status,
    ...(code === undefined ? {} : { error: { code } }),
  };
}

export function thread(...messages: readonly ThreadMessage[]): Greeting {
  return { kind: 'history', messages };
}

const RUN = 'run-1';

/** An answer that has come this far. */
export function writing(text: string): Step {
  const frames: ServerFrame[] = [{ type: 'streaming', isStreaming: true, messageId: RUN }];
  if (text !== '') frames.push({ type: 'token', content: text, messageId: RUN, offset: 0 });
  return { do: 'receive', frames };
}

/** An answer that comes whole. */
export function answers(...messages: readonly ThreadMessage[]): Step {
  return {
    do: 'receive',
    frames: messages.flatMap((message): ServerFrame[] =>
      message.role === 'user'
        ? [{ type: 'message', ...message }]
        : [
            { type: 'streaming', isStreaming: true, messageId: message.id },
            {
              type: 'done',
              messageId: message.id,
              fullContent: message.content,
              status: message.status,
              timestamp: message.timestamp,
            },
            { type: 'streaming', isStreaming: false, messageId: message.id },
          ],
    ),
  };
}
