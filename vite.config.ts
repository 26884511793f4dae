import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import packageJson from './package.json' with { type: 'json' };
import { builtIns } from './widget/build/built-ins.ts';
import { COMPILE_HINT } from './widget/build/compile-hint.ts';
import { firstCopy } from './widget/build/first-copy.ts';
import { legalBanner } from './widget/build/licences.ts';
import { partySocket } from './widget/build/party-socket.ts';
import { schemas } from './widget/build/schemas.ts';
import { secondPass } from './widget/build/second-pass.ts';
import { templates } from './widget/build/templates.ts';
import { trustedTypes } from './widget/build/trusted-types.ts';

export default defineConfig({
  plugins: [schemas(), templates(), trustedTypes(), partySocket(), builtIns(), secondPass()],
  define: { IVY_CHAT_VERSION: JSON.stringify(packageJson.version) },
  build: {
    target: 'es2022',
    lib: {
      entry: 'widget/index.ts',
      formats: ['iife'],
      name: 'ivyChat',
      fileName: () => 'ivy-chat.js',
    },
    sourcemap: false,
    rolldownOptions: {
      // Nothing happens when one of our modules is loaded, but for the entry: what nobody uses of them can go.
      treeshake: {
        moduleSideEffects: [
          { test: /\/(?:widget(?!\/index\.ts$)|partykit\/protocol)\/.*\.ts$/, sideEffects: false },
        ],
      },
      output: {
        // Nobody asks what kind of object `ivyChat` is.
        generatedCode: { symbols: false },
        intro: firstCopy(packageJson.version),
        postBanner: `${legalBanner('ivy-chat', packageJson.version)}\n${COMPILE_HINT}`,
      },
    },
  },
  test: {
    reporters: ['default'],
    // By default one less than there are cores, but most of what is waited for here are other processes.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'test/*.test.ts',
            'test/{protocol,partykit,widget,demo,simulation,fuzz,bench}/**/*.test.ts',
          ],
          environment: 'node',
          // Where no browser is, a parser of HTML stands in for it.
          alias: {
            './browser-decoding.ts': fileURLToPath(
              new URL('test/support/browser-decoding.ts', import.meta.url),
            ),
          },
          // Slow machines run these beside relays and browsers.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/*.test.ts'],
          globalSetup: 'test/package/packed.ts',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'relay',
          include: ['test/relay/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The same suite on the runtime that is deployed.
        extends: true,
        test: {
          name: 'worker',
          include: ['test/relay/**/*.test.ts'],
          exclude: ['test/relay/process.test.ts'],
          env: { RELAY_RUNTIME: 'worker' },
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
