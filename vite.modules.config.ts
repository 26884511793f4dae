/** Builds the modules of the npm package, for those who bundle the chat with a page of their own. */
import { defineConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { MODULES } from './widget/build/entries.ts';
import { policyName } from './widget/build/policy-name.ts';
import { templates } from './widget/build/templates.ts';

/** Those who bundle have them once, in a version that they choose. */
const packages = [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.peerDependencies)];

export default defineConfig({
  plugins: [templates(), policyName()],
  define: { IVY_CHAT_VERSION: JSON.stringify(packageJson.version) },
  build: {
    target: 'es2022',
    lib: { entry: { ...MODULES }, formats: ['es'], fileName: (_, name) => `${name}.js` },
    // That is for whoever makes the page.
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      external: packages.map((name) => new RegExp(`^${name}(?:/|$)`)),
      output: {
        chunkFileNames: '[name].js',
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
      },
    },
  },
});
