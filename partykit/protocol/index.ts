/** The only door of the contract: both ends import `#protocol` and nothing below it. */
export type { GrantedAccess } from './access.ts';
export { clientFrameSchemas, type ClientFrame } from './client-frames.ts';
export {
  decodeClientFrame,
  decodeServerFrame,
  encodeFrame,
  readServerFrame,
  type FrameFailure,
} from './codec.ts';
export {
  CLOSE_CODES,
  ERROR_CODES,
  isErrorCode,
  retryAfterClose,
  type CloseRetry,
  type ErrorCode,
} from './codes.ts';
export { connectionQuery } from './connection-query.ts';
export { parseConnectionQuery, type ConnectionQuery, type Cursor, type QueryReader } from './cursor.ts';
export { atMostCodeUnits } from './code-units.ts';
export { leanEnd, leanText, readLeanText } from './lean.ts';
export { parseJson, writeJson } from './json.ts';
export * from './limits.ts';
export { threadMessageSchema, type MessageStatus, type Role, type ThreadMessage } from './message.ts';
export { fail, succeed, type Result } from './result.ts';
export { serverFrameSchemas, type ServerFrame, type ServerFrameOf } from './server-frames.ts';
export { PARTY, parseThreadId, roomOfThread, threadIdSchema, threadOfRoom } from './thread-id.ts';
export {
  applyFrame,
  cursorOf,
  EMPTY_THREAD,
  type Folded,
  type OpenRun,
  type Thread,
  type ThreadChange,
} from './thread.ts';
export { PROTOCOL_VERSION } from './version.ts';
