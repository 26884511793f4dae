/** What can be imported of the npm package, by the name of its file in `lib`, with the module that it is made of. */

/** Code, with its types. */
export const MODULES = {
  index: 'widget/index.ts',
  client: 'widget/client.ts',
  react: 'widget/react.ts',
} as const;

/** Types of `<ivy-chat>` for templates; there is no code to them. */
export const TEMPLATE_TYPES = {
  'types/preact': 'widget/types/preact.ts',
  'types/react': 'widget/types/react.ts',
  'types/solid': 'widget/types/solid.ts',
  'types/svelte': 'widget/types/svelte.ts',
  'types/vue': 'widget/types/vue.ts',
} as const;
