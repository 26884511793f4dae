/** The tags on the page that the script came by. */

/** Only while a classic script is being evaluated; of a page that has something else of this name there is none. */
export function currentScript(): HTMLScriptElement | undefined {
  if (typeof document === 'undefined') return undefined;
  const script = document.currentScript;
  return script instanceof HTMLScriptElement ? script : undefined;
}

/** Where there is no current one, as for modules, tags are recognised by the name of the file. */
export function ownTags(): readonly HTMLScriptElement[] {
  return [...document.querySelectorAll<HTMLScriptElement>('script[src]')].filter(isOwn);
}

/** Not a page's own bundle with the chat in it. */
export function isOwn({ src }: HTMLScriptElement): boolean {
  return /\/ivy-chat\.js(?:[?#]|$)/.test(src);
}
