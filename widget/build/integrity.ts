/** What a page writes to get exactly this build: tags with the hash of each script, and the README that shows them. */
import { createHash } from 'node:crypto';
import type { Bundle } from './bundle.ts';
import type { Distribution } from './distribution.ts';

const BEGIN = '<!-- Written by `npm run build`: -->';
const END = '<!-- So far. -->';

/** As the `integrity` attribute takes it. */
export function integrityOf(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

/** @param relay origin, without a slash at its end */
export function pinnedTag(relay: string, version: string, { name, code }: Bundle): string {
  return [
    '<script',
    `  src="${relay}/${version}/${name}"`,
    `  integrity="${integrityOf(code)}"`,
    '  crossorigin="anonymous"',
    '  async',
    '></script>',
  ].join('\n');
}

/** Both scripts; a page that wants no colours leaves the second one out. */
export function pinnedTags(relay: string, { version, bundles }: Distribution): string {
  return bundles.map((bundle) => pinnedTag(relay, version, bundle)).join('\n');
}

/** The README with these tags instead of those that it has. */
export function withTags(readme: string, tags: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`The README has no place for the tags: ${BEGIN} … ${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n\`\`\`html\n${tags}\n\`\`\`\n\n${readme.slice(end)}`;
}
