/**
 * WordPress of Debian's packages, with a database and a folder of its own: `apt install wordpress
 * wordpress-theme-twentytwentythree mariadb-server php-cli php-mysql`.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import { TiedProcess } from '../support/tied-process.ts';
import { hasPrograms, startPhp, type PhpServer } from './php.ts';

const run = promisify(execFile);
const SOURCES = '/usr/share/wordpress';

export function hasWordPress(): boolean {
  const isThere = existsSync(join(SOURCES, 'wp-content/themes/twentytwentythree'));
  if (!isThere) console.log('Skipped, since this machine has no WordPress with its theme twentytwentythree.');
  return isThere && hasPrograms('php', 'mariadbd', 'mariadb-install-db', 'mariadb');
}

export const ADMINISTRATOR = 'ada';
export const AUTHOR = 'ben';
/** Of both. */
export const PASSWORD = randomBytes(12).toString('hex');

const CONFIG = `<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('DATABASE_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$address = 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost');
define('WP_HOME', $address);
define('WP_SITEURL', $address);
$table_prefix = 'wp_';
define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;

const INSTALL = `<?php
define('WP_INSTALLING', true);
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Shop', '${ADMINISTRATOR}', 'ada@example.com', true, '', getenv('PASSWORD'));
switch_theme('twentytwentythree');
wp_insert_user(['user_login' => '${AUTHOR}', 'user_pass' => getenv('PASSWORD'), 'user_email' => 'ben@example.com', 'role' => 'author']);
`;

const ACTIVATE = `<?php
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
$error = activate_plugin($argv[1]);
if (is_wp_error($error)) { fwrite(STDERR, $error->get_error_message()); exit(1); }
`;

export class WordPress {
  readonly #folder: string;
  readonly #database: TiedProcess;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #server: PhpServer;

  private constructor(
    folder: string,
    database: TiedProcess,
    variables: Readonly<Record<string, string>>,
    server: PhpServer,
  ) {
    this.#folder = folder;
    this.#database = database;
    this.#variables = variables;
    this.#server = server;
  }

  get url(): string {
    return this.#server.url;
  }

  /** @param folder new, for files, database and socket */
  static async start(folder: string): Promise<WordPress> {
    const [site, data, socket] = [join(folder, 'site'), join(folder, 'data'), join(folder, 'db.sock')];
    await mkdir(folder, { recursive: true });
    // What Debian has elsewhere is linked there.
    await cp(SOURCES, site, { recursive: true, dereference: true });
    await writeFile(join(site, 'wp-config.php'), CONFIG);
    await writeFile(join(site, 'install.php'), INSTALL);
    await writeFile(join(site, 'activate.php'), ACTIVATE);
    await mkdir(join(site, 'wp-content/uploads'), { recursive: true });
    const own = ['--no-defaults', `--datadir=${data}`];
    await run('mariadb-install-db', [...own, '--auth-root-authentication-method=normal', '--skip-test-db']);
    const database = new TiedProcess(
      [
        'mariadbd',
        ...own,
        `--socket=${socket}`,
        '--skip-networking',
        '--user=root',
        `--pid-file=${data}/pid`,
      ],
      { environment: process.env, output: ['ignore', 'ignore'] },
    );
    const client = ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', 'CREATE DATABASE wordpress'];
    await vi.waitFor(() => run('mariadb', client), { timeout: 30_000, interval: 200 });
    const variables = { DATABASE_SOCKET: socket, PASSWORD };
    await run('php', [join(site, 'install.php')], { env: { ...process.env, ...variables } });
    return new WordPress(site, database, variables, await startPhp(site, variables));
  }

  /** @param file below `wp-content/plugins` */
  async addPlugin(file: string, code: string): Promise<void> {
    await writeFile(join(this.#folder, 'wp-content/plugins', file), code);
    await run('php', [join(this.#folder, 'activate.php'), file], {
      env: { ...process.env, ...this.#variables },
    });
  }

  /** As somebody appends to the file in the theme. */
  async addToTheme(code: string): Promise<void> {
    const file = join(this.#folder, 'wp-content/themes/twentytwentythree/functions.php');
    await writeFile(file, code);
  }

  async removePlugin(file: string): Promise<void> {
    await writeFile(join(this.#folder, 'wp-content/plugins', file), '<?php\n/* Plugin Name: Nothing */\n');
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#database.end();
  }
}
