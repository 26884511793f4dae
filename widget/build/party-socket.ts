/**
 * partysocket without what it says to those who debug it, and to those who run it outside of browsers: it is written out
 * on every page, and read on none.
 */
import type { Plugin } from 'vite';

const MODULE = /\/node_modules\/partysocket\/dist\/ws\.js$/;

const DEBUGGING = /\n\s*this\._debug\([^;]*\);/g;
const WORDS = /console\.(?:error|warn)\(\s*(?:`(?:[^`\\]|\\.)*`|"[^"]*")\s*\);/g;
const LOGGER =
  /\n\s*(?:_debugLogger = [^;]*;|if \(this\._options\.debugLogger\)\s*this\._debugLogger = [^;]*;|_debug\(\.\.\.args\) \{[^}]*\})/g;
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
    .replace(ELSEWHERE, 'const $1 = false;');
}
