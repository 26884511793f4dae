/**
 * Where the relay is when the page does not say: the relay serves this script, so it is where the script came from.
 * `currentScript` is only set while a classic script is being evaluated, hence a value taken when this module loads.
 */
const ownScript =
  typeof document !== 'undefined' && document.currentScript instanceof HTMLScriptElement
    ? document.currentScript.src
    : '';

/** Undefined for what is not loaded from a server: `blob:`, `data:` and `file:` scripts have no origin to ask. */
function serverOf(address: string): string | undefined {
  try {
    const { protocol, origin } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** Module scripts and scripts injected by loaders have no `currentScript`: the tag is recognised by its file name. */
function scriptTag(): string {
  const tags = [...document.querySelectorAll<HTMLScriptElement>('script[src]')];
  return tags.find(({ src }) => /\/ivy-chat\.js(?:[?#]|$)/.test(src))?.src ?? '';
}

export function defaultRelayHost(): string {
  return serverOf(ownScript) ?? serverOf(scriptTag()) ?? location.origin;
}
