/** Somebody is told no: a request, or a whole connection, which is then closed (rule H3). */
import { CLOSE_CODES, type ErrorCode, type ServerFrameOf } from '#protocol';
import { errorFrame, type ErrorDetails } from './error-frame.ts';
import { step, type RoomState, type Sender, type Step } from './state.ts';

export function refuse(state: RoomState, sender: Sender, code: ErrorCode, details?: ErrorDetails): Step {
  return step(state, [
    { type: 'send', to: sender.id, frame: errorFrame(code, details) },
    { type: 'log', entry: { event: 'refused', code } },
  ]);
}

export interface Refusal {
  /** The last thing that the client reads before its socket closes. */
  readonly frame: ServerFrameOf<'error'>;
  readonly code: number;
  /** A word for whoever looks at the socket; nothing of the request. */
  readonly reason: string;
}

const ERROR_OF: Readonly<Record<keyof typeof CLOSE_CODES, ErrorCode>> = {
  badThread: 'bad_frame',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  tooManyConnections: 'rate_limited',
};

export function refusal(why: keyof typeof CLOSE_CODES, reason: string, details?: ErrorDetails): Refusal {
  return { frame: errorFrame(ERROR_OF[why], details), code: CLOSE_CODES[why].code, reason };
}
