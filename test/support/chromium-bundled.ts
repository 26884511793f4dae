/**
 * Unpacks the Chromium that ships inside the npm package `@sparticuz/chromium`, for machines with no browser.
 *
 * The package has habits of its own: it unpacks straight into the temporary folder, takes whatever is called `chromium`
 * there for its own finished work, and leaves out its shared libraries unless it believes it runs in AWS Lambda. So it
 * runs here in a child process, with a private empty folder for a temporary folder and a Lambda's variable, and each
 * file is then moved into a folder kept for later runs. A move is atomic and every process moves the same files, so
 * runs that start at the same time, and runs after one that was cut short, need no lock.
 */
import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** Unpacking takes two seconds; a minute means that the machine, not the wait, is the problem. */
const UNPACK_TIMEOUT_MS = 60_000;

/** A folder of half-unpacked files this old belongs to a run that was killed. */
const ABANDONED_AFTER_MS = 10 * 60_000;

/** Lists the size and path of every unpacked file. Written last, it also says that the unpacking was finished. */
const MANIFEST = 'manifest.json';

const manifestSchema = z.array(z.object({ path: z.string(), size: z.number() }));

type Manifest = z.infer<typeof manifestSchema>;

/** Run by the child process; its argument is the package's entry. */
const UNPACK_SCRIPT = `
  require(process.argv[1]).executablePath().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
`;

/**
 * The package's own file names fonts by paths that exist only in a Lambda. This one adds its font (Open Sans: Latin,
 * Greek, Cyrillic, Hebrew) to those of the system, so that a machine without any fonts still draws text.
 */
const FONTS_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** An unpacked browser and the variables it must be started with. */
export interface BundledChromium {
  readonly executablePath: string;
  readonly environment: Record<string, string>;
}

/**
 * Returns the bundled browser, unpacking it first if no earlier run did.
 *
 * @throws if there is none for this platform, or if what was unpacked does not start here
 */
export async function unpackBundledChromium(): Promise<BundledChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Chrome or Chromium was found, and the bundled one is for Linux on x64, not ${process.platform} on ` +
        `${process.arch}. Install Chrome, or set CHROME_PATH to the executable of a browser.`,
    );
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const version = await versionOfPackage(entry);
  const folder = join(tmpdir(), `ivy-chat-chromium-${version}-${process.getuid?.() ?? 'user'}`);
  await claim(folder);
  if (!(await isComplete(folder))) await unpackInto(folder, entry);
  return bundleIn(folder);
}

function bundleIn(folder: string): BundledChromium {
  const inherited = process.env['LD_LIBRARY_PATH'];
  const libraries = join(folder, 'al2023', 'lib');
  return {
    executablePath: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: inherited ? `${libraries}${delimiter}${inherited}` : libraries,
      FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf'),
    },
  };
}

async function versionOfPackage(entry: string): Promise<string> {
  // `exports` hides the package.json, so it is read from the disk: the entry is build/cjs/index.cjs.
  const manifest: unknown = JSON.parse(
    await readFile(join(dirname(entry), '..', '..', 'package.json'), 'utf8'),
  );
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** Creates the folder, or makes sure that nobody else can have put into it what is about to be run. */
async function claim(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(
      `${folder} belongs to another user or is writable by others, so the browser in it is not trusted. ` +
        'Remove it, or set TMPDIR to a folder of your own, or CHROME_PATH to a browser.',
    );
  }
}

async function isComplete(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, MANIFEST), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    // Systems that tidy /tmp remove old files one by one, so the manifest alone proves nothing.
    const sizes = await Promise.all(manifest.map(async ({ path }) => (await stat(join(folder, path))).size));
    return manifest.every(({ size }, index) => size === sizes[index]);
  } catch {
    return false;
  }
}

async function unpackInto(folder: string, entry: string): Promise<void> {
  await removeAbandoned(folder);
  const staging = await mkdtemp(`${folder}.unpacking-`);
  try {
    await promisify(execFile)(process.execPath, ['--eval', UNPACK_SCRIPT, entry], {
      env: { ...process.env, NODE_OPTIONS: '', TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
      timeout: UNPACK_TIMEOUT_MS,
    });
    await writeFile(join(staging, 'fonts', 'fonts.conf'), FONTS_CONFIGURATION);
    await proveThatItStarts(bundleIn(staging));
    // A browser that another run has started meanwhile should not have its file replaced.
    if (await isComplete(folder)) return;
    const manifest = await describe(staging);
    await writeFile(join(staging, MANIFEST), JSON.stringify(manifest));
    for (const path of [...manifest.map((file) => file.path), MANIFEST]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await rename(join(staging, path), join(folder, path));
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (!path.startsWith(`${folder}.unpacking-`)) continue;
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

/** An unsuitable C library, or a temporary folder mounted `noexec`, is told here and not as a browser that hangs. */
async function proveThatItStarts({ executablePath, environment }: BundledChromium): Promise<void> {
  try {
    await promisify(execFile)(executablePath, ['--version'], { env: { ...process.env, ...environment } });
  } catch (cause) {
    throw new Error(
      `The bundled Chromium does not start on this machine: ${cause instanceof Error ? cause.message : String(cause)}\n` +
        'Install Chrome or Chromium, or set CHROME_PATH. If the temporary folder forbids programs, set TMPDIR.',
      { cause },
    );
  }
}

async function describe(folder: string): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({ path: relative(folder, path), size: (await stat(path)).size })),
  );
}
