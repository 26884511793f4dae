/** Rule R4: past this many messages the oldest is dropped with each new one. */
export const MAX_MESSAGES = 10_000;
