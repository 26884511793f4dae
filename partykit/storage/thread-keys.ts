/**
 * Where a thread's data lives. Sequence numbers and generations are zero-padded, so that the store's lexicographic
 * order is the thread's order; every key but one carries the generation, so that a cleared thread is out of the way at
 * once and can be swept later.
 */

const padded = (value: number): string => String(value).padStart(12, '0');

export const META_KEY = 'ivy:meta';

const generation = (gen: number): string => `ivy:${padded(gen)}`;

/** Everything of one generation begins so. */
export const generationPrefix = (gen: number): string => `${generation(gen)}:`;

export const messagePrefix = (gen: number): string => `${generation(gen)}:message:`;
export const messageKey = (gen: number, seq: number): string => messagePrefix(gen) + padded(seq);

/** From a message's id to its sequence number. */
export const idKey = (gen: number, messageId: string): string => `${generation(gen)}:id:${messageId}`;

/** The text of a message that is too long for one value, in order. */
export const partKey = (gen: number, seq: number, part: number): string =>
  `${generation(gen)}:part:${padded(seq)}:${padded(part)}`;

export const checkpointPrefix = (gen: number): string => `${generation(gen)}:checkpoint:`;
export const checkpointKey = (gen: number, index: number): string => checkpointPrefix(gen) + padded(index);
