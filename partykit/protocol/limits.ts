/** Every limit that both ends must agree on. Units are in the names. */

/** Rule C5: a client frame may not be larger, and is measured before it is parsed. */
export const FRAME_MAX_BYTES = 64 * 1024;

/** Rule C5: the text of one message, in UTF-16 code units. */
export const MESSAGE_MAX_CHARS = 16_000;

/** Rule R3: an answer that grows past this ends as failed, with what had arrived. */
export const ANSWER_MAX_CHARS = 256 * 1024;

/** Rule R4: messages in the snapshot for a version-1 client. */
export const SNAPSHOT_MESSAGES = 50;

/** Rule R4: an original client cannot page, so its snapshot is larger. */
export const ORIGINAL_SNAPSHOT_MESSAGES = 500;

/** The most messages that one `history` request may ask for. */
export const PAGE_MAX_MESSAGES = 100;

/** Rule S2: after the first token of a run, at most one `token` frame per room in this time. */
export const TOKEN_INTERVAL_MS = 33;

/** Rule S7: broadcasts that a client has not said it has read, in UTF-16 code units. */
export const UNREAD_MAX_CHARS = 1024 * 1024;

/** Rule S7: a client says how much it has read each time that it has read this much more. */
export const RECEIPT_CHARS = UNREAD_MAX_CHARS / 4;

/** Longest token, in characters: with it a connection's address stays within what servers accept. */
export const TOKEN_MAX_CHARS = 8192;

/** Longest id that a client may choose for a message. */
export const MESSAGE_ID_MAX_CHARS = 128;
