/** `npm run test:browsers` as a user runs it: it takes what is there, says what is not, and leaves nothing behind. */
import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { groupEnds } from '../../partykit/local/process-group.ts';
import { chooseEngines } from '../browsers/choice.ts';
import { CommandRun, PROJECT } from '../support/command-run.ts';
import type { Engine } from '../support/engine.ts';
import { CAN_LIST_PROCESSES, listProcesses, type ListedProcess } from '../support/processes.ts';

/** How long a process may take to appear, or to notice that another was killed. */
const NOTICE_LIMIT_MS = 20_000;

const runs: CommandRun[] = [];

afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.signalGroup('SIGKILL');
    await run.exited;
  }
});

function run(parameters: readonly string[], variables: Readonly<Record<string, string>> = {}): CommandRun {
  const started = new CommandRun(process.execPath, ['--import', 'tsx', ...parameters], variables);
  runs.push(started);
  return started;
}

describe('chooseEngines', () => {
  const machineWithout =
    (...absent: readonly Engine[]) =>
    (engine: Engine): Promise<readonly string[]> =>
      Promise.resolve(absent.includes(engine) ? [`${engine}-package`] : []);

  it('takes those that are installed and says why it skips the others', async () => {
    expect(await chooseEngines(undefined, machineWithout('firefox'))).toEqual({
      engines: ['chromium', 'webkit'],
      skipped: ['firefox is not installed here; on Debian: apt install firefox-package'],
    });
    expect(await chooseEngines('', machineWithout())).toEqual({
      engines: ['chromium', 'firefox', 'webkit'],
      skipped: [],
    });
  });

  it('takes those that are named, and asks about no other', async () => {
    expect(await chooseEngines(' webkit, firefox', machineWithout('chromium'))).toEqual({
      engines: ['firefox', 'webkit'],
      skipped: [],
    });
  });

  it('fails when one that is named is missing, or unknown, or when there is none', async () => {
    await expect(chooseEngines('chromium,webkit', machineWithout('webkit'))).rejects.toThrow(
      /^webkit is not installed here; on Debian: apt install webkit-package$/,
    );
    await expect(chooseEngines('firefox,netscape', machineWithout())).rejects.toThrow(
      /^BROWSERS names "netscape"; it can name chromium, firefox, webkit\.$/,
    );
    await expect(chooseEngines(undefined, machineWithout('chromium', 'firefox', 'webkit'))).rejects.toThrow(
      'apt install chromium-package',
    );
  });
});

describe('npm run test:browsers', () => {
  it.each([
    [{ BROWSERS: 'netscape' }, /^BROWSERS names "netscape"[^\n]*\n$/],
    [{ BROWSERS: 'firefox', FIREFOX_PATH: '/no/such' }, /^FIREFOX_PATH is "\/no\/such"[^\n]*\n$/],
    [{ BROWSERS: 'webkit', WEBKIT_DRIVER_PATH: '/' }, /^WEBKIT_DRIVER_PATH is "\/"[^\n]*\n$/],
  ] as const)('fails with one line at %o', async (variables, line) => {
    const { code, stdout, stderr } = await run(['test/browsers/main.ts'], variables).exited;
    expect(stderr).toMatch(line);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.skipIf(!CAN_LIST_PROCESSES)('ends its tests and their browser at Ctrl-C', async () => {
    const command = run(['test/browsers/main.ts'], { BROWSERS: 'chromium' });
    await command.printed(/chromium: element tests/);
    const browser = await vi.waitFor(
      () => {
        const found = descendantsOf(command.id).find(({ commandLine }) => commandLine.includes('--headless'));
        if (found === undefined) throw new Error('no browser yet');
        return found;
      },
      { timeout: NOTICE_LIMIT_MS },
    );
    const groups = new Set(descendantsOf(command.id).map(({ groupId }) => groupId));
    expect(groups).toContain(browser.groupId);
    command.signal('SIGINT');
    expect((await command.exited).code).toBe(130);
    for (const group of groups) expect(await groupEnds(group, NOTICE_LIMIT_MS)).toBe(true);
  });
});

describe('a tied process', () => {
  it('ends with the process that started it, also when that one is killed, and its folder goes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ivy-tied-'));
    const script = `
      import { TiedProcess } from ${JSON.stringify(join(PROJECT, 'test/support/tied-process.ts'))};
      const { child } = new TiedProcess(['/bin/sh', '-c', 'sleep 1000 & wait'], {
        environment: process.env, folder: ${JSON.stringify(folder)}, output: ['ignore', 'ignore'],
      });
      console.log('group ' + child.pid);
    `;
    const command = run(['--input-type=module', '--eval', script]);
    const [, group] = await command.printed(/group (\d+)/);
    command.signal('SIGKILL');
    await command.exited;
    expect(await groupEnds(Number(group), NOTICE_LIMIT_MS)).toBe(true);
    await expect(access(folder)).rejects.toThrow('ENOENT');
  });
});

/** Children of children too. */
function descendantsOf(id: number): readonly ListedProcess[] {
  const all = listProcesses();
  const childrenOf = (parent: number): readonly ListedProcess[] =>
    all.filter(({ parentId }) => parentId === parent).flatMap((child) => [child, ...childrenOf(child.id)]);
  return childrenOf(id);
}
