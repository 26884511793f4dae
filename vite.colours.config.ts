/** Builds the optional second script beside the main one: colours for code. */
import { defineConfig } from 'vite';

/** What the tokeniser's licence asks for wherever it is. */
const LICENCE = '/*! With highlight.js, (c) 2006 Ivan Sagalaev and others, BSD-3-Clause */';

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
    rolldownOptions: { output: { postBanner: LICENCE } },
  },
});
