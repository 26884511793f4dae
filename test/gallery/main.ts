/**
 * `npm run gallery [folder] [state …]`: the states of the gallery, or those that are named, as a PNG in each of their
 * windows, light and dark. What is in the pictures depends on neither the day nor the speed of the machine; the fonts are
 * its own, and the edge of a curve may differ by a shade.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { windowsOf, type GalleryState, type WindowSize } from '../../demo/gallery/state.ts';
import { STATES } from '../../demo/gallery/states.ts';
import { GalleryBrowser, SCHEMES, type Scheme } from '../support/gallery-browser.ts';

const [folder = 'gallery', ...wanted] = process.argv.slice(2);

/** One picture: which, and where it goes. */
interface Shot {
  readonly state: GalleryState;
  readonly window: WindowSize;
}

function fileOf({ state, window }: Shot, scheme: Scheme): string {
  return join(folder, `${state.name}-${window.name}-${scheme}.png`);
}

/** Windows of one size after each other: a browser that changes between finger and mouse loads its page twice. */
function shots(): readonly Shot[] {
  const all = STATES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).flatMap((state) =>
    windowsOf(state).map((window) => ({ state, window })),
  );
  return all.sort((one, other) => one.window.width - other.window.width);
}

await mkdir(folder, { recursive: true });
const gallery = await GalleryBrowser.start();
try {
  for (const shot of shots()) {
    for (const scheme of SCHEMES) {
      if (scheme === 'light') await gallery.open(shot.state, shot.window, scheme);
      else await gallery.recolour(shot.state, scheme);
      const fullPage = shot.state.device?.print === true;
      await writeFile(fileOf(shot, scheme), await gallery.page.screenshot({ fullPage }));
      console.log(fileOf(shot, scheme));
    }
    for (const problem of gallery.problems) console.error(`${shot.state.name}: ${problem}`);
    if (gallery.problems.length > 0) process.exitCode = 1;
  }
} finally {
  await gallery.close();
}
