/** The Worker that `npm run deploy` uploads can be built here, without an account and without a network. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

it('builds the Worker with its rooms and the script beside them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ivy-deploy-'));
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        ...['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run'],
        ...['--config', 'partykit/wrangler.jsonc', '--outdir', folder],
      ],
      {
        cwd: PROJECT,
        env: {
          ...process.env,
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_HIDE_BANNER: 'true',
          WRANGLER_LOG_PATH: folder,
        },
      },
    );
    expect(stdout).toContain('env.Main (IvyServer)');
    expect(stdout).toContain('env.Metrics (IvyMetrics)');
    const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const code = await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')));
    expect(code.join('\n')).toContain('IvyServer');
    // The other runtime's adapter is not in it.
    expect(code.join('\n')).not.toContain('IvyParty');
  } finally {
    await rm(folder, { recursive: true });
  }
});
