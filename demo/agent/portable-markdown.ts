/**
 * Makes Markdown of a repository readable outside of it, as the widget shows it: no images, no HTML tags, links only
 * where they lead somewhere from a stranger's page. Code is left exactly as it is written.
 */

/** Targets of reference links, by folded label. */
export type LinkDefinitions = ReadonlyMap<string, string>;

const PORTABLE_URL = /^(?:https?:\/\/|mailto:)/i;

const LABEL = String.raw`(?:\\.|\`[^\`]*\`|!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?|\[[^\[\]]*\]|[^\[\]\\\`])*`;
const TARGET = String.raw`\(\s*(?:<(?<angled>[^<>\n]*)>|(?<bare>(?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`;

/** Leftmost wins, so a link inside of code is code, and code inside of a link's label is label. */
const INLINE = new RegExp(
  [
    String.raw`(?<code>(?<ticks>(?<!\`)\`+(?!\`))[\s\S]*?(?<!\`)\k<ticks>(?!\`)|(?<tildes>~{3,})[\s\S]*?\k<tildes>)`,
    String.raw`(?<escaped>\\[\s\S])`,
    String.raw`(?<comment><!--[\s\S]*?-->)`,
    String.raw`(?<tag></?[A-Za-z][\w-]*(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?/?>)`,
    String.raw`(?<image>!?)\[(?<label>${LABEL})\](?:${TARGET}|\[(?<reference>[^\[\]]*)\])?`,
  ].join('|'),
  'g',
);

const labelKey = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase();

/** Reads a line such as `[guide]: docs/guide.md "Guide"`; undefined if it is none. */
export function readLinkDefinition(
  line: string,
): { readonly label: string; readonly url: string } | undefined {
  const groups = /^ {0,3}\[(?<label>(?!\^)[^[\]]+)\]:\s*<?(?<url>[^\s<>]+)>?(?:\s+\S.*)?$/.exec(line)?.groups;
  const { label, url } = groups ?? {};
  return label === undefined || url === undefined ? undefined : { label: labelKey(label), url };
}

/** A link that a stranger's page can follow stays one; any other becomes its label, and the file that it names. */
function linkText(label: string, url: string): string {
  if (label === '') return '';
  if (PORTABLE_URL.test(url)) return `[${label}](${/[\s()]/.test(url) ? `<${url}>` : url})`;
  // Any other scheme names nothing that could be looked up.
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return label;
  const path = url.replace(/[#?].*$/, '').replace(/^(?:\.{1,2}\/)+/, '');
  const name = path.split('/').at(-1) ?? '';
  if (label === path || label === name) return `\`${path}\``;
  if (name === '' || label.includes(name)) return label;
  return `${label} (\`${path}\`)`;
}

/**
 * @param markdown one block, or one heading's text
 * @returns the same without images, tags, comments and relative links; blank if there was nothing else
 */
export function portableMarkdown(markdown: string, definitions: LinkDefinitions = new Map()): string {
  let portable = '';
  let end = 0;
  for (const match of markdown.matchAll(INLINE)) {
    portable += markdown.slice(end, match.index);
    end = match.index + match[0].length;
    const { code, escaped, comment, tag, image, label, angled, bare, reference } = match.groups ?? {};
    if (code !== undefined || escaped !== undefined) portable += match[0];
    else if (comment !== undefined || tag !== undefined) portable += /^<br\b/i.test(match[0]) ? ' ' : '';
    else if (label !== undefined) {
      const url =
        angled ??
        bare ??
        definitions.get(labelKey(reference === undefined || reference === '' ? label : reference));
      // Brackets without a target are text, for example the box of a task list.
      if (url === undefined) portable += match[0];
      else if (image === '') portable += linkText(portableMarkdown(label, definitions).trim(), url);
    }
  }
  return portable + markdown.slice(end);
}
