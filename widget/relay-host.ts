/** Where the relay is when the page does not say: the relay serves this script, so it is where the script came from. */
import { currentScript, ownTags } from './own-tag.ts';

const ownScript = currentScript()?.src ?? '';

/** Undefined for what is not loaded from a server: `blob:`, `data:` and `file:` scripts have no origin to ask. */
function serverOf(address: string): string | undefined {
  try {
    const { protocol, origin } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

export function defaultRelayHost(): string {
  return serverOf(ownScript) ?? serverOf(ownTags()[0]?.src ?? '') ?? location.origin;
}
