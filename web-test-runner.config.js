/**
 * Runs the tests of test/element in a real browser: Chromium, or the one that `TEST_BROWSER` names.
 *
 * What finds and starts it is TypeScript, so Node must be started with tsx: `npm run test:element` does.
 */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { build } from 'vite';
import { elementLauncher } from './test/support/element-launcher.ts';
import { engineOfRun } from './test/support/engine.ts';

/** Mocha fails a test on an uncaught error but not on an unhandled rejection, which is the same mistake. */
const testPage = (testFramework) => `<!doctype html>
<html lang="en">
  <head>
    <script>
      addEventListener('unhandledrejection', ({ reason }) => {
        throw reason;
      });
    </script>
  </head>
  <body>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`;

/** The second script as pages get it: what it is made of is no module that browsers could load. */
let colours;
const coloursPlugin = {
  name: 'colours',
  async serve({ path }) {
    if (path !== '/ivy-chat-colours.js') return undefined;
    colours ??= build({
      configFile: 'vite.colours.config.ts',
      logLevel: 'error',
      build: { write: false, emptyOutDir: false },
    });
    const [{ output }] = await colours;
    return { body: output[0].code, type: 'js' };
  },
};

export default {
  files: 'test/element/**/*.test.ts',
  // Not the default "development": its builds of Lit write warnings into the console of every test.
  nodeResolve: { browser: true, exportConditions: ['production'] },
  // esbuild reads this one file and not what it extends: Lit's properties need the option in it.
  plugins: [coloursPlugin, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' })],
  browsers: [await elementLauncher(engineOfRun())],
  concurrency: 1,
  browserStartTimeout: 30_000,
  testsStartTimeout: 20_000,
  // Counted twice for a page that never yields: once until it is given up, once more until closing it is.
  testsFinishTimeout: 60_000,
  testFramework: { config: { timeout: 20_000 } },
  testRunnerHtml: testPage,
};
