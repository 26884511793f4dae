/** Builds the script of the embed page. */
import { defineConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { legalBanner } from './widget/build/licences.ts';

export default defineConfig({
  build: {
    target: 'es2022',
    lib: {
      entry: 'widget/embed/index.ts',
      formats: ['iife'],
      name: 'ivyChatEmbed',
      fileName: () => 'ivy-chat-embed.js',
    },
    // The main script is there already.
    emptyOutDir: false,
    sourcemap: false,
    rolldownOptions: { output: { postBanner: legalBanner('ivy-chat-embed', packageJson.version) } },
  },
});
