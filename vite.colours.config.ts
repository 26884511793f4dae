/** Builds the optional second script beside the main one: colours for code. */
import { defineConfig } from 'vite';
import packageJson from './package.json' with { type: 'json' };
import { legalBanner } from './widget/build/licences.ts';

export default defineConfig({
  build: {
    target: 'es2022',
    lib: {
      entry: 'widget/colours/index.ts',
      formats: ['iife'],
      name: 'ivyChatColours',
      fileName: () => 'ivy-chat-colours.js',
    },
    // The main script is there already.
    emptyOutDir: false,
    sourcemap: false,
    rolldownOptions: { output: { postBanner: legalBanner('ivy-chat-colours', packageJson.version) } },
  },
});
