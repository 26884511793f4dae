/** Which version this is. The build puts the one of `package.json` in; run from source there is none. */
declare const IVY_CHAT_VERSION: string | undefined;

export const version: string = typeof IVY_CHAT_VERSION === 'undefined' ? 'source' : IVY_CHAT_VERSION;
