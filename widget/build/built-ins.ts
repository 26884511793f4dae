/**
 * The packages in the bundle on pages whose libraries changed the built-ins before it came. What those libraries take for
 * themselves is not asked for by its name: `Array.from` and `reduce` did something else in Prototype.js and MooTools, what
 * they or a page added to every object turns up in `for…in`, and `Event` is a class of MooTools'. Our own code keeps off them.
 */
import type { Plugin } from 'vite';

const MODULE = /\/node_modules\/(?:@lit|lit-html|lit-element|lit|partysocket|zod)\/.*\.js$/;

const FOR_IN = /\bfor\s*\(\s*(?:const|let|var)\s+(\w+)\s+in\s+([\w.]+)\s*\)/g;
const ARRAY_FROM = /\bArray\.from\(([\w.]+(?:\(\))?)\)/g;
const REDUCE = /\b([\w.]+)\.reduce\(/g;

/** Hoisted: a module may ask for it while it runs. */
const FOLD =
  'function ivyFold(list,step,first){let result=first,index=0;for(const item of list)result=step(result,item,index++);return result}';

/** `MessageEvent` nobody took (`CustomEvent` has shims), and what it inherits from is the browser's `Event`. */
const OWN_NAMES = 'const Event = Object.getPrototypeOf(globalThis.MessageEvent ?? class extends Object {});';

export function builtIns(): Plugin {
  return {
    name: 'ivy-chat:built-ins',
    apply: 'build',
    transform: {
      filter: { id: MODULE },
      handler: (code) => ({ code: withoutThem(code), map: null }),
    },
    intro: OWN_NAMES,
  };
}

/** The same module, with what does the same in a page that nobody changed. */
export function withoutThem(code: string): string {
  const own = code
    .replace(FOR_IN, 'for (const $1 of Object.keys($2 ?? {}))')
    .replace(ARRAY_FROM, '[...$1]')
    .replace(REDUCE, 'ivyFold($1,');
  return own.includes('ivyFold(') ? own + FOLD : own;
}
