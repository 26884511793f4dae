/**
 * `npm run test:browsers`: the element tests and the end-to-end journey in Chromium, Firefox and WebKit, one engine
 * after the other. Ctrl-C ends it, and whatever it has started.
 */
import { missingFor, type Engine } from '../support/engine.ts';
import { TiedProcess } from '../support/tied-process.ts';
import { chooseEngines, type Choice } from './choice.ts';

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What shells report for a program that Ctrl-C killed: 128 + SIGINT. */
const INTERRUPTED = 130;

const NODE = process.execPath;

const PARTS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  {
    name: 'element tests',
    command: [NODE, '--import', 'tsx', 'node_modules/@web/test-runner/dist/bin.js'],
  },
  {
    name: 'end-to-end journey',
    command: [NODE, 'node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'test/e2e/journey.test.ts'],
  },
];

let running: TiedProcess | undefined;
let interrupted = false;

for (const name of END_SIGNALS) {
  process.on(name, () => {
    // At the second one this process ends at once, and what is tied to it a moment later.
    if (interrupted) process.exit(INTERRUPTED);
    interrupted = true;
    void running?.end('SIGINT');
  });
}

process.exitCode = await main();

/** The exit code. */
async function main(): Promise<number> {
  let choice: Choice;
  try {
    choice = await chooseEngines(process.env['BROWSERS'], (engine) => missingFor(engine));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  for (const line of choice.skipped) console.log(`Skipped: ${line}`);
  const failures: string[] = [];
  for (const engine of choice.engines) {
    for (const { name, command } of PARTS) {
      console.log(`\n${engine}: ${name}`);
      const passed = await passes(engine, command);
      if (interrupted) return INTERRUPTED;
      if (!passed) failures.push(`${engine}: ${name}`);
    }
  }
  console.log('');
  for (const line of choice.skipped) console.log(`Skipped: ${line}`);
  for (const failure of failures) console.error(`Failed: ${failure}`);
  if (failures.length > 0) return 1;
  console.log(`All passed in ${choice.engines.join(', ')}.`);
  return 0;
}

async function passes(engine: Engine, command: readonly string[]): Promise<boolean> {
  if (interrupted) return false;
  running = new TiedProcess(command, {
    environment: { ...process.env, TEST_BROWSER: engine },
    output: ['inherit', 'inherit'],
  });
  const { code } = await running.exited;
  return code === 0;
}
