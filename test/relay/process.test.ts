/** The relay as a process: how it starts, what it is told, and that nothing of it is left, however it ends. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { groupEnds, groupRuns } from '../../partykit/local/process-group.ts';
import { startRelay, type RelayOptions, type RelayProcess } from '../../partykit/local/relay-process.ts';
import { CommandRun } from '../support/command-run.ts';
import { untilFree } from '../support/port-free.ts';
import { CAN_LIST_PROCESSES, listProcesses } from '../support/processes.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/relay/${name}`, import.meta.url));
const ECHO = fixture('echo-server.ts');

/** How long a process may take to notice that another was killed. */
const NOTICE_LIMIT_MS = 10_000;

const roomSchema = z.object({ variables: z.record(z.string(), z.string()), visits: z.number() });

const heldSchema = z.object({ port: z.number(), groupId: z.number() });

/** All that a test writes: state, files to serve, and what the relay writes for itself. */
let home: string;
let temporary: string;
const relays: RelayProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ivy-process-'));
  temporary = join(home, 'tmp');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
});

afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.kill()));
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

async function start(options: Partial<RelayOptions> = {}): Promise<RelayProcess> {
  const relay = await startRelay({
    port: 0,
    stateDir: join(home, 'state'),
    assets: join(home, 'assets'),
    entry: ECHO,
    variables: {},
    ...options,
  });
  relays.push(relay);
  return relay;
}

async function visit({ url }: RelayProcess): Promise<z.infer<typeof roomSchema>> {
  return roomSchema.parse(await (await fetch(`${url}/parties/main/ivy_process`)).json());
}

async function expectNothingLeft({ groupId, port }: { groupId: number; port: number }): Promise<void> {
  expect(groupRuns(groupId)).toBe(false);
  await untilFree(port);
  expect(runDirectories()).toEqual([]);
}

/** What a relay has written for itself, variables among it. */
function runDirectories(): readonly string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('ivy-relay-'));
}

async function startInAnotherProcess(): Promise<{ holder: CommandRun; relay: z.infer<typeof heldSchema> }> {
  const holder = new CommandRun(process.execPath, [
    ...['--import', 'tsx', fixture('hold-relay.ts'), ECHO, join(home, 'state')],
  ]);
  const [line] = await holder.printed(/^\{.*\}$/m);
  return { holder, relay: heldSchema.parse(JSON.parse(line)) };
}

/** What the files of a folder, and of those below it, hold. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

/** Listens until the test is over. */
async function occupy(host = '127.0.0.1'): Promise<number> {
  const server = createServer();
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  relays.push({
    ...STAND_IN,
    kill: async () => {
      await once(server.close(), 'close');
    },
  });
  return address.port;
}

/** So that one list holds all that is to be ended. */
const STAND_IN: RelayProcess = {
  url: '',
  port: 0,
  groupId: 0,
  exited: new Promise(() => undefined),
  stop: () => Promise.resolve(),
  kill: () => Promise.resolve(),
};

describe('a relay', () => {
  it('serves rooms and files, and leaves nothing behind when it is stopped', async () => {
    mkdirSync(join(home, 'assets'));
    writeFileSync(join(home, 'assets/ivy-chat.js'), 'console.log("the widget");\n');
    const relay = await start();
    expect(relay.url).toBe(`http://localhost:${relay.port}`);
    expect((await visit(relay)).visits).toBe(1);
    const script = await fetch(`${relay.url}/ivy-chat.js`);
    expect(await script.text()).toBe('console.log("the widget");\n');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(script.headers.get('access-control-allow-origin')).toBe('*');

    await relay.stop();
    expect(await relay.exited).toMatchObject({ requested: true, code: 0, errors: [] });
    await expectNothingLeft(relay);
    await relay.stop();
  });

  it('gets its variables as they are, and no others, and shows them to nobody', async () => {
    const variables = {
      QUOTES: `"double" 'single' \`back\` \\ \\n`,
      LINES: 'first\nsecond\r\n\tthird',
      SIGNS: 'a=b#c $HOME ${HOME} %RELAY% --var X=1',
      UNICODE: 'ação 日本 😀 \u2028',
      SECRET: 'never-in-a-process-list',
    };
    // PartyKit takes a .env from any folder above the one that it runs in.
    writeFileSync(join(temporary, '.env'), 'STRAY=1\nSECRET=from a file\n');
    vi.stubEnv('AST_API_KEY', 'from the shell');
    const relay = await start({ variables });
    rmSync(join(temporary, '.env'));
    expect((await visit(relay)).variables).toEqual(variables);
    expect(filesBelow(temporary).filter((text) => text.includes(variables.SECRET))).toEqual([]);
    if (CAN_LIST_PROCESSES) {
      const commandLines = listProcesses().map(({ commandLine }) => commandLine);
      expect(commandLines.join('\n')).toContain(temporary);
      expect(commandLines.filter((line) => line.includes(variables.SECRET))).toEqual([]);
    }
  });

  it('keeps what it has stored over a kill, and then takes the same port again', async () => {
    const first = await start();
    expect((await visit(first)).visits).toBe(1);
    await first.kill();
    expect(await first.exited).toMatchObject({ requested: true, signal: 'SIGKILL' });
    await expectNothingLeft(first);
    const second = await start({ port: first.port });
    expect(second.port).toBe(first.port);
    expect((await visit(second)).visits).toBe(2);
  });

  it('runs beside another', async () => {
    const [one, other] = await Promise.all([
      start({ stateDir: join(home, 'one'), variables: { NAME: 'one' } }),
      start({ stateDir: join(home, 'other'), variables: { NAME: 'other' } }),
    ]);
    expect((await visit(one)).variables).toEqual({ NAME: 'one' });
    expect((await visit(other)).variables).toEqual({ NAME: 'other' });
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  it.skipIf(outside === undefined)('is not there for other machines', async () => {
    const relay = await start();
    const socket = connect(relay.port, outside);
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('tells what the room prints, line by line', async () => {
    const texts: string[] = [];
    const relay = await start({ onLine: ({ kind, text }) => kind === 'log' && texts.push(text) });
    await visit(relay);
    await relay.stop();
    expect(texts).toEqual(['a visit']);
  });
});

describe('a start that fails', () => {
  it.each(['127.0.0.1', '0.0.0.0'])(
    'names the port that somebody has on %s, before it does anything',
    async (host) => {
      const port = await occupy(host);
      await expect(start({ port })).rejects.toMatchObject({
        code: 'port_unavailable',
        message: `Port ${port} is in use.`,
      });
      expect(runDirectories()).toEqual([]);
    },
  );

  it('says in one line what is wrong with the server’s code', async () => {
    const error: unknown = await start({ entry: fixture('broken-server.ts') }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: 'relay_failed',
      message: expect.stringMatching(/^The relay did not start: .*this module is broken\.$/) as unknown,
    });
    expect(runDirectories()).toEqual([]);
  });

  it('says that the server is not there', async () => {
    const entry = join(home, 'no-server.ts');
    await expect(start({ entry })).rejects.toThrow(`Could not resolve "${entry}"`);
    expect(runDirectories()).toEqual([]);
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const groups: number[] = [];
    const starting = start({
      signal: giveUp.signal,
      onLine: () => {
        const found = CAN_LIST_PROCESSES ? listProcesses().filter(isPartyKitOf(temporary)) : [];
        groups.push(...found.map(({ groupId }) => groupId));
        giveUp.abort();
      },
    });
    await expect(starting).rejects.toMatchObject({ code: 'aborted' });
    expect(groups.filter(groupRuns)).toEqual([]);
    expect(runDirectories()).toEqual([]);
  });
});

describe.skipIf(!CAN_LIST_PROCESSES)('an end that nobody asked for', () => {
  it('is told, and takes everything with it, when PartyKit is killed', async () => {
    const relay = await start();
    process.kill(relay.groupId, 'SIGKILL');
    expect(await relay.exited).toMatchObject({ requested: false, signal: 'SIGKILL' });
    await expectNothingLeft(relay);
  });

  it('is told when workerd crashes, which PartyKit itself does not notice', async () => {
    const relay = await start();
    const workerd = listProcesses().find(
      ({ groupId, commandLine }) => groupId === relay.groupId && commandLine.includes('/workerd serve '),
    );
    // As a system does that runs out of memory.
    process.kill(workerd?.id ?? NaN, 'SIGKILL');
    const exit = await relay.exited;
    expect(exit.requested).toBe(false);
    // 1 from us, or 7 where PartyKit trips over the broken pipe first.
    expect(exit.code).toBeGreaterThan(0);
    await expectNothingLeft(relay);
  });

  it('comes with the end of the process that started it, also when PartyKit is killed with it', async () => {
    const { holder, relay } = await startInAnotherProcess();
    holder.signal('SIGSTOP');
    process.kill(relay.groupId, 'SIGKILL');
    holder.signal('SIGKILL');
    expect(await groupEnds(relay.groupId, NOTICE_LIMIT_MS)).toBe(true);
    await holder.exited;
    await expectNothingLeft(relay);
  });

  it('comes with the end of the process that started it, and takes the variables off the disk', async () => {
    const { holder, relay } = await startInAnotherProcess();
    expect(groupRuns(relay.groupId)).toBe(true);
    holder.signal('SIGKILL');
    expect(await groupEnds(relay.groupId, NOTICE_LIMIT_MS)).toBe(true);
    await holder.exited;
    await expectNothingLeft(relay);
  });
});

function isPartyKitOf(folder: string): (process: { readonly commandLine: string }) => boolean {
  return ({ commandLine }) => commandLine.includes('partykit') && commandLine.includes(folder);
}
