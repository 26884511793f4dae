/** Awaits that nobody listens at a port any more. */
import { vi } from 'vitest';
import { portObstacle } from '../../partykit/local/port.ts';

/** A connection that another test makes may have been given the port as its own end, for as long as it lasts. */
const LIMIT_MS = 15_000;

export async function untilFree(port: number): Promise<void> {
  await vi.waitUntil(async () => (await portObstacle(port)) === undefined, {
    timeout: LIMIT_MS,
    interval: 200,
  });
}
