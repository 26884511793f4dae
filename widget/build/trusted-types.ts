/**
 * Lit's templates under a page's `trusted-types` directive. Lit makes a policy called `lit-html` while it loads, and where
 * the page does not allow that name, or has it already, the whole script would stop there. In the bundle the policy has
 * the script's own name, and where it cannot be made the script goes on; `widget/elements/define.ts` then tells the page.
 */
import type { Plugin } from 'vite';

/** What a page has to allow. */
export const POLICY = 'ivy-chat';

const MODULE = /\/node_modules\/lit-html\/.*lit-html\.js$/;
const CREATION = /(\w+)\.createPolicy\(\s*(["'])lit-html\2,\s*(\{[^{}]*\}),?\s*\)/g;

export function trustedTypes(): Plugin {
  let isRenamed = false;
  return {
    name: 'ivy-chat:trusted-types',
    apply: 'build',
    buildStart() {
      isRenamed = false;
    },
    transform: {
      filter: { id: MODULE },
      handler(code) {
        const renamed = renamePolicy(code);
        if (renamed === undefined)
          this.error('Lit no longer makes its policy in the way that is looked for.');
        isRenamed = true;
        return { code: renamed, map: null };
      },
    },
    generateBundle() {
      if (!isRenamed) this.error('There is no lit-html.js in the bundle that makes a policy.');
    },
  };
}

/** Undefined where Lit's source has not exactly one creation of its policy. */
export function renamePolicy(code: string): string | undefined {
  if (code.split('createPolicy').length !== 2 || code.search(CREATION) < 0) return undefined;
  return code.replace(
    CREATION,
    (_, factory: string, __, rules: string) =>
      `(()=>{try{return ${factory}.createPolicy(${JSON.stringify(POLICY)},${rules})}catch{}})()`,
  );
}
