/** What a page loads: our script and those of the peers, as a server sends them that compressed them beforehand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, COLOURS, MAIN } from '../../widget/build/bundle.ts';
import { brotliSize, costsTable } from '../../widget/build/costs.ts';
import type { ComparedRow, Comparison } from './comparison.ts';
import { PEER_FOLDERS, PROJECT } from './browser/peers.ts';
import { BARE_LIT_SCRIPT, STREAMDOWN_SCRIPT } from './browser/page-scripts.ts';
import { onStage } from './browser/stage.ts';
import { IVY_CHAT } from './browser/subjects.ts';

/** With what they import at once; what they load later, if at all, is not counted. */
const PEER_SCRIPTS: readonly (readonly [
  name: string,
  folder: string,
  entry: string,
  others: readonly string[],
])[] = [
  ['deep-chat', PEER_FOLDERS['deep-chat'], 'deepChat.bundle.js', []],
  ['@n8n/chat', PEER_FOLDERS.n8n, 'chat.bundle.es.js', ['style.css']],
  ['flowise-embed', PEER_FOLDERS.flowise, 'web.js', []],
];

const STATIC_IMPORT = /(?:from|import)\s*["'`]\.\/([^"'`]+\.m?js)["'`]/g;

type Read = (file: string) => Promise<string | undefined>;

export function bytes(): Promise<readonly Comparison[]> {
  return onStage(async ({ scripts, hasPeers }) => {
    const main = await bundle(PROJECT, MAIN);
    const colours = await bundle(PROJECT, COLOURS);
    const built: Read = (file) => Promise.resolve(scripts.get(file));
    const rows = [
      rowOf(IVY_CHAT, [main.code]),
      rowOf(`${IVY_CHAT} with colours for code`, [main.code, colours.code]),
      rowOf('bare Lit element (floor)', await filesOf(BARE_LIT_SCRIPT, built)),
    ];
    if (hasPeers) {
      rows.push(rowOf('React + streamdown', await filesOf(STREAMDOWN_SCRIPT, built)));
      for (const [name, folder, entry, others] of PEER_SCRIPTS) {
        const read: Read = (file) => readFile(join(folder, file), 'utf8').catch(() => undefined);
        const files = [await filesOf(entry, read), await Promise.all(others.map(read))].flat();
        rows.push(rowOf(name, files));
      }
    }
    const size = brotliSize(main.code) / 1000;
    return [
      {
        title: 'Bytes',
        about:
          'What a page loads before it has a chat, in kB of 1000 bytes, each file compressed with Brotli 11 on its own.',
        of: 'chat',
        columns: [
          { title: 'files' },
          { title: 'minified', digits: 1 },
          { title: 'Brotli', digits: 1, ratioTo: IVY_CHAT },
        ],
        rows,
        targets: [{ what: 'the script', limit: 36, measured: size, unit: ' kB' }],
        appendix: ['What each package and folder adds to the script, in bytes:', '', costsTable(main)],
      },
    ];
  });
}

function rowOf(name: string, files: readonly (string | undefined)[]): ComparedRow {
  const texts = files.flatMap((file) => file ?? []);
  if (texts.length < files.length) return { name, cells: [[], [], []], note: 'a file is missing' };
  const total = (size: (text: string) => number): number =>
    texts.reduce((sum, text) => sum + size(text), 0) / 1000;
  return { name, cells: [[texts.length], [total((text) => Buffer.byteLength(text))], [total(brotliSize)]] };
}

/** A script and all that it imports before it runs. */
async function filesOf(entry: string, read: Read): Promise<readonly (string | undefined)[]> {
  const names = [entry];
  const texts: (string | undefined)[] = [];
  for (const name of names) {
    const text = await read(name);
    texts.push(text);
    for (const [, file = ''] of (text ?? '').matchAll(STATIC_IMPORT)) {
      if (!names.includes(file)) names.push(file);
    }
  }
  return texts;
}
