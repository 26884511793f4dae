/** The pages that are HTML files in `demo/site`; the documents are others. */

/** What two lines of HTML make of a page, with the relay's own script: they work where the relay is known beforehand. */
export const PLAIN_PAGES: readonly string[] = ['side-by-side.html', 'two-threads.html'];

/** In frames of other pages: nothing but the chat. */
const FRAMES: readonly string[] = ['pane.html', 'preview.html'];

export const PAGES: readonly string[] = ['index.html', 'gallery.html', ...FRAMES, ...PLAIN_PAGES];
