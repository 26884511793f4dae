/**
 * Runs the tests of test/element in a real browser; `test/support/chromium.ts` finds or unpacks one.
 *
 * That file is TypeScript, so Node must be started with tsx: `npm run test:element` does.
 */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumLaunchOptions } from './test/support/chromium.ts';

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

export default {
  files: 'test/element/**/*.test.ts',
  // Not the default "development": its builds of Lit write warnings into the console of every test.
  nodeResolve: { browser: true, exportConditions: ['production'] },
  // esbuild reads this one file and not what it extends: Lit's decorators need the two options in it.
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'widget/tsconfig.json' })],
  browsers: [chromeLauncher({ launchOptions: await chromiumLaunchOptions() })],
  concurrency: 1,
  browserStartTimeout: 30_000,
  testsStartTimeout: 20_000,
  // Counted twice for a page that never yields: once until it is given up, once more until closing it is.
  testsFinishTimeout: 25_000,
  testFramework: { config: { timeout: 10_000 } },
  testRunnerHtml: testPage,
};
