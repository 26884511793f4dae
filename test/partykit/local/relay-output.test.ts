import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  announcedPort,
  isAssetsFailure,
  readRelayOutput,
  takenPort,
  type RelayLine,
} from '../../../partykit/local/relay-output.ts';

async function read(printed: { stdout?: string; stderr?: string }): Promise<readonly RelayLine[]> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const lines: RelayLine[] = [];
  readRelayOutput(stdout, stderr, (line) => lines.push(line));
  stdout.end(printed.stdout ?? '');
  stderr.end(printed.stderr ?? '');
  await Promise.all([once(stdout, 'close'), once(stderr, 'close')]);
  return lines;
}

describe('readRelayOutput', () => {
  it('tells the relay’s own lines from PartyKit’s', async () => {
    const stdout =
      '🎈 PartyKit v0.0.115\n---------------------\nLoading environment variables from .env\n\n' +
      '\u001b[2K\u001b[1A\u001b[2K\u001b[GBuild succeeded, starting server...\n' +
      '\u001b[2K\u001b[1A\u001b[2K\u001b[G{"event":"run_started"}\n[pk:inf] GET /x 200 OK (2ms)\n';
    const lines = await read({ stdout });
    expect(lines.filter(({ kind }) => kind === 'log')).toEqual([
      { kind: 'log', text: '{"event":"run_started"}' },
    ]);
    expect(lines).toHaveLength(6);
  });

  it('takes the mark and the colours off an error, and keeps the lines below it', async () => {
    const stderr =
      '\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mboom\u001b[0m\n\n    at x.ts:1\n';
    expect(await read({ stderr })).toEqual([
      { kind: 'error', text: 'boom' },
      { kind: 'detail', text: '    at x.ts:1' },
    ]);
  });

  it('[A12] tells no address of a room, which has a thread and may have a token in it', async () => {
    const stderr =
      '✘ [ERROR] Uncaught exception: kj/compat/url.c++:165: failed: invalid URL; url = ' +
      'http://127.0.0.1:1999/parties/main/ivy_8f14e45f?v=1&token=eyJhbGciOi.canary\n  at /party/ivy_8f14e45f?token=canary x\n';
    expect((await read({ stderr })).map(({ text }) => text)).toEqual([
      'Uncaught exception: kj/compat/url.c++:165: failed: invalid URL; url = http://127.0.0.1:1999/parties/…',
      '  at /party/… x',
    ]);
  });

  it('makes no error of a page that was left', async () => {
    const stderr =
      '✘ [ERROR] workerd/server/server.c++:3360: error: Uncaught exception: kj/async.c++:211: disconnected: ' +
      'worker_do_not_log; Request failed due to internal error\n  stack: /bin/workerd@406e049 /lib/libc.so.6@27249\n';
    expect((await read({ stderr })).map(({ kind }) => kind)).toEqual(['chatter', 'chatter']);
  });
});

describe('a line', () => {
  it('says on which port PartyKit listens', async () => {
    const [line] = await read({ stdout: '[pk:inf] Ready on http://0.0.0.0:40393\n' });
    expect(line && announcedPort(line)).toBe(40393);
  });

  it('does not say it when a room prints the same words', () => {
    expect(announcedPort({ kind: 'log', text: 'Ready on http://0.0.0.0:40393' })).toBeUndefined();
  });

  it('says which port was taken', async () => {
    const [line] = await read({
      stderr: '✘ [ERROR] Address already in use (0.0.0.0:1999). Please check that …\n',
    });
    expect(line && takenPort(line)).toBe(1999);
  });

  it('says that the files will not be served', async () => {
    const [line] = await read({ stderr: 'Failed to start the assets build server Error: listen tcp4\n' });
    expect(line && isAssetsFailure(line)).toBe(true);
  });
});
