/**
 * partysocket without what a page has no use for: words for those who debug it or run it elsewhere, and a copy of each event
 * for listeners of which there are none (`widget/client/link.ts` takes what is called directly). To copy the event of a frame
 * costs more than to read the frame.
 */
import type { Plugin } from 'vite';

const MODULE = /\/node_modules\/partysocket\/dist\/ws\.js$/;

const DEBUGGING = /\n\s*this\._debug\([^;]*\);/g;
const WORDS = /console\.(?:error|warn)\(\s*(?:`(?:[^`\\]|\\.)*`|"[^"]*")\s*\);/g;
const LOGGER =
  /\n\s*(?:_debugLogger = [^;]*;|if \(this\._options\.debugLogger\)\s*this\._debugLogger = [^;]*;|_debug\(\.\.\.args\) \{[^}]*\})/g;
const COPYING = /\n\s*this\.dispatchEvent\(cloneEvent\(event\)\);/g;
const ELSEWHERE = /const (isNode|isReactNative) =[^;]*;/g;

export function partySocket(): Plugin {
  return {
    name: 'ivy-chat:party-socket',
    apply: 'build',
    transform: {
      filter: { id: MODULE },
      handler: (code) => ({ code: quiet(code), map: null }),
    },
  };
}

/** The same module for a page. */
export function quiet(code: string): string {
  return code
    .replace(DEBUGGING, '')
    .replace(WORDS, ';')
    .replace(LOGGER, '')
    .replace(COPYING, '')
    .replace(ELSEWHERE, 'const $1 = false;');
}
