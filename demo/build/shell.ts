/** What all pages of the site have around their own content, and the policy that they are shown under. */

/** What the pages may do: scripts and styles of the site, and a socket to whichever relay the address names. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  // Under `npm start` the page asks its own server to kill the relay.
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types ivy-chat',
].join('; ');

interface Place {
  readonly name: string;
  readonly href: string;
}

const PLACES: readonly Place[] = [
  { name: 'Live', href: 'index.html' },
  { name: 'Break it', href: 'index.html#break-it' },
  { name: 'Make it yours', href: 'index.html#make-it-yours' },
  { name: 'Gallery', href: 'gallery.html' },
  { name: 'Docs', href: 'docs/start.html' },
];

/** From a page back to the folder that all of them are in. */
function rootOf(page: string): string {
  return '../'.repeat(page.split('/').length - 1) || './';
}

function isHere(page: string, { href }: Place): boolean {
  return href === page || (page.startsWith('docs/') && href.startsWith('docs/'));
}

/** @param page its path below that folder */
export function topOf(page: string): string {
  const root = rootOf(page);
  const links = PLACES.map((place) => {
    const current = isHere(page, place) ? ' aria-current="page"' : '';
    const href = place.href.replace(/^index\.html/, '');
    return `<a href="${href.startsWith('#') && page === 'index.html' ? '' : root}${href}"${current}>${place.name}</a>`;
  });
  return `<a class="skip" href="#content">To the content</a>
    <header class="top">
      <div class="bar">
        <a class="brand" href="${root}"><img src="${root}icon.svg" alt="" width="28" height="28" />ivy-chat</a>
        <nav aria-label="Pages">${links.join('')}</nav>
      </div>
    </header>`;
}

export function footOf(page: string): string {
  const root = rootOf(page);
  return `<footer class="foot">
      <p>ivy-chat, MIT licensed. This site asks nobody but itself and your relay for anything.</p>
      <p><a href="${root}licences.txt">Licences</a></p>
    </footer>`;
}

/** In the head, before anything is loaded. */
export function policyTag(): string {
  return `<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`;
}
