/** Builds the demo site: static pages that work below any path of any server. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pages } from './demo/build/pages.ts';

const PROJECT = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: 'demo/site',
  base: './',
  publicDir: false,
  plugins: [pages(PROJECT)],
  build: {
    target: 'es2022',
    outDir: '../../dist-demo',
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    // Browsers that run the chat know how to do it.
    modulePreload: { polyfill: false },
  },
});
