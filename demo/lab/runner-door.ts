/** Asks the server of `npm start` to kill its relay. On any other server there is nobody to ask. */
import * as z from 'zod/mini';
import { setting } from '../landing/relay.ts';

const killedSchema = z.object({ awayMs: z.number() });

export function hasRunner(): boolean {
  return setting('ivy-runner') !== '';
}

/** Resolves when the relay is there again, with how long it was not; undefined when it could not be done. */
export async function killRelay(): Promise<number | undefined> {
  try {
    const response = await fetch('runner/kill-relay', {
      method: 'POST',
      headers: { 'x-ivy-runner': setting('ivy-runner') },
    });
    const killed = killedSchema.safeParse(await response.json());
    return killed.success ? killed.data.awayMs : undefined;
  } catch {
    return undefined;
  }
}
