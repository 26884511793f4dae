/** In the modules Lit's policy for Trusted Types has Lit's own name, and a page that refuses it is told that one. */
import type { Plugin } from 'vite';

const ADVICE = 'trusted-types ivy-chat ';

export function policyName(): Plugin {
  return {
    name: 'ivy-chat:policy-name',
    apply: 'build',
    transform: {
      filter: { id: /\/widget\/elements\/define\.ts$/ },
      handler(code) {
        if (!code.includes(ADVICE)) this.error(`There is no advice about a policy: ${ADVICE}`);
        return { code: code.replace(ADVICE, 'trusted-types lit-html '), map: null };
      },
    },
  };
}
