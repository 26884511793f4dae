/** `npm start` and `npm run relay` as a user runs them: one address, one key to end it all, one line when it cannot be. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { portObstacle } from '../../partykit/local/port.ts';
import { groupEnds, groupRuns } from '../../partykit/local/process-group.ts';
import { CommandRun } from '../support/command-run.ts';
import { CAN_LIST_PROCESSES, listProcesses } from '../support/processes.ts';

const ADDRESS = /ivy-chat demo {2}(http:\/\/localhost:(\d+)\/)/;

/** How long a process may take to appear, or to notice that another was killed. */
const NOTICE_LIMIT_MS = 20_000;

let stateDir: string;
/** For what the commands write for themselves. */
let temporary: string;
const runs: CommandRun[] = [];
const servers: Server[] = [];

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'ivy-start-'));
  temporary = mkdtempSync(join(tmpdir(), 'ivy-start-tmp-'));
});

afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.signalGroup('SIGKILL');
    await run.exited;
  }
  for (const server of servers.splice(0)) await once(server.close(), 'close');
  rmSync(stateDir, { recursive: true, force: true });
  rmSync(temporary, { recursive: true, force: true });
});

/** Free ports, and the demo agent whatever the developer's own `.env` says: an empty value takes one away. */
function environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const nothing = { AST_URL: '', UPSTREAM: '', ALLOWED_ORIGINS: '', IVY_JWT_SECRET: '', IVY_JWKS_URL: '' };
  return {
    ...nothing,
    PORT: '0',
    DEMO_PORT: '0',
    AGENT_PORT: '0',
    STATE_DIR: stateDir,
    TMPDIR: temporary,
    ...own,
  };
}

function run(
  command: string,
  parameters: readonly string[],
  own: Readonly<Record<string, string>> = {},
): CommandRun {
  const started = new CommandRun(command, parameters, environment(own));
  runs.push(started);
  return started;
}

function runStart(own: Readonly<Record<string, string>> = {}): CommandRun {
  return run(process.execPath, ['--import', 'tsx', 'demo/start.ts'], own);
}

async function occupy(): Promise<number> {
  const server = createServer();
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

/** The ports of the site and of the relay that its page names. */
async function portsOf(command: CommandRun): Promise<readonly number[]> {
  const [, address = '', port] = await command.printed(ADDRESS);
  const html = await (await fetch(address)).text();
  const relay = /name="ivy-relay" content="(http:\/\/localhost:(\d+))"/.exec(html);
  const script = await fetch(`${relay?.[1] ?? ''}/ivy-chat.js`);
  expect(await script.text()).toContain('ivy-chat');
  return [Number(port), Number(relay?.[2])];
}

async function expectFree(ports: readonly number[]): Promise<void> {
  expect(await Promise.all(ports.map((port) => portObstacle(port)))).toEqual(ports.map(() => undefined));
}

describe('npm start', () => {
  it('prints one address, and ends all of it at Ctrl-C', async () => {
    const command = run('npm', ['start']);
    const ports = await portsOf(command);
    command.signalGroup('SIGINT');
    // npm may report the signal that it got as its own end.
    const { stdout, stderr } = await command.exited;
    expect(stderr).not.toContain('npm error');
    expect(stdout.match(/https?:\/\//g)).toHaveLength(1);
    expect(stdout).toContain('The built-in demo agent answers.');
    expect(groupRuns(command.id)).toBe(false);
    await expectFree(ports);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends all of it at %s', async (signal) => {
    const command = runStart();
    const ports = await portsOf(command);
    command.signal(signal);
    expect(await command.exited).toMatchObject({ code: 0, signal: null, stderr: '' });
    await expectFree(ports);
  });

  it.each(['PORT', 'DEMO_PORT', 'AGENT_PORT'])(
    'says in one line that %s is taken, and starts nothing',
    async (name) => {
      const port = await occupy();
      const command = runStart({ [name]: String(port) });
      expect(await command.exited).toEqual({
        code: 1,
        signal: null,
        stdout: '',
        stderr: `Port ${port} is in use. Set ${name} to another one.\n`,
      });
    },
  );

  it('says in one line which variable is wrong', async () => {
    const port = await runStart({ PORT: 'ninety' }).exited;
    expect(port.stderr).toMatch(/^PORT is not a port[^\n]*\n$/);
    expect(port.code).toBe(1);
    const service = await runStart({ AST_URL: 'agents' }).exited;
    expect(service.stderr).toMatch(/^AST_URL [^\n]*\n$/);
    expect(service.code).toBe(1);
  });

  it('names the user’s own service when there is one, and starts no agent', async () => {
    const command = runStart({ AST_URL: 'https://agents.example.com', IVY_JWT_SECRET: 'x'.repeat(32) });
    await command.printed(ADDRESS);
    await command.printed(/Ctrl-C ends it/);
    command.signal('SIGINT');
    const { stdout } = await command.exited;
    expect(stdout).toContain('Answers come from agents.example.com.');
    expect(stdout).toContain('Not used here, since the demo’s pages carry no token: IVY_JWT_SECRET.');
  });

  describe.skipIf(!CAN_LIST_PROCESSES)('with an eye on its processes', () => {
    it('ends with a line when the relay has ended', async () => {
      const command = runStart();
      const ports = await portsOf(command);
      process.kill(await relayOf(command), 'SIGKILL');
      expect(await command.exited).toMatchObject({ code: 1, stderr: 'The relay has ended (SIGKILL).\n' });
      await expectFree(ports);
    });

    it('can be given up while it starts', async () => {
      const command = runStart();
      const relay = await relayOf(command);
      command.signal('SIGINT');
      expect(await command.exited).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(groupRuns(relay)).toBe(false);
    });

    it('ends at once at the second signal, and nothing outlives it', async () => {
      const command = runStart();
      const ports = await portsOf(command);
      const relay = await relayOf(command);
      command.signal('SIGINT');
      command.signal('SIGTERM');
      expect((await command.exited).code).toBe(130);
      expect(await groupEnds(relay, NOTICE_LIMIT_MS)).toBe(true);
      expect(readdirSync(temporary).filter((name) => name.startsWith('ivy-relay-'))).toEqual([]);
      await expectFree(ports);
    });
  });
});

/** Waits for the relay's process, which is also the first of its group. */
function relayOf(command: CommandRun): Promise<number> {
  return vi.waitFor(
    () => {
      const relay = listProcesses().find(
        ({ parentId, commandLine }) =>
          parentId === command.id && commandLine.includes('partykit/dist/bin.mjs'),
      );
      if (relay === undefined) throw new Error('no relay yet');
      return relay.id;
    },
    { timeout: NOTICE_LIMIT_MS },
  );
}

describe('npm run relay', () => {
  it('prints one address, and ends at Ctrl-C', async () => {
    const command = run(process.execPath, ['--import', 'tsx', 'partykit/local/main.ts']);
    const [, port] = await command.printed(/ivy-chat relay {2}http:\/\/localhost:(\d+)\//);
    command.signal('SIGINT');
    expect(await command.exited).toMatchObject({ code: 0, stderr: '' });
    await expectFree([Number(port)]);
  });

  it('says in one line that the port is taken', async () => {
    const port = await occupy();
    const command = run(process.execPath, ['--import', 'tsx', 'partykit/local/main.ts'], {
      PORT: String(port),
    });
    expect(await command.exited).toMatchObject({
      code: 1,
      stderr: `Port ${port} is in use. Set PORT to another one.\n`,
    });
  });
});
