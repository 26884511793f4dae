/** The tree as the HTML that the CommonMark suite expects: a judge for the parser. The widget itself makes no HTML. */
import type { Block, Inline, ListItem, TableRow } from '../../../widget/markdown/tree.ts';

export interface HtmlOptions {
  /** Raw HTML is written as text, which is how the widget shows it. */
  readonly escapeRawHtml: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** Percent-encodes what may not stand in an address, and leaves alone what is encoded. */
function encode(address: string): string {
  return escape(
    address
      .replace(/%(?![\da-f]{2})/gi, '%25')
      .replace(/[^\w%;/?:@&=+$,\-.!~*'()#\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]/g, (part) =>
        encodeURIComponent(part),
      ),
  );
}

const TAGS = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const;

export function toHtml(blocks: Iterable<Block>, options: HtmlOptions = { escapeRawHtml: false }): string {
  const raw = (text: string): string => (options.escapeRawHtml ? escape(text) : text);

  const plain = (nodes: readonly Inline[]): string =>
    nodes
      .map((node) => {
        if ('children' in node) return plain(node.children);
        if (node.type === 'break') return '\n';
        return node.type === 'inline-html' ? raw(node.text) : escape(node.text);
      })
      .join('');

  const title = (text: string): string => (text === '' ? '' : ` title="${escape(text)}"`);

  const inline = (node: Inline): string => {
    switch (node.type) {
      case 'text':
        return escape(node.text);
      case 'code-span':
        return `<code>${escape(node.text)}</code>`;
      case 'inline-html':
        return raw(node.text);
      case 'break':
        return '<br />\n';
      case 'link':
        return `<a href="${encode(node.href)}"${title(node.title)}>${inlines(node.children)}</a>`;
      case 'image':
        return `<img src="${encode(node.href)}" alt="${plain(node.children)}"${title(node.title)} />`;
      default:
        return `<${TAGS[node.type]}>${inlines(node.children)}</${TAGS[node.type]}>`;
    }
  };

  const inlines = (nodes: readonly Inline[]): string => nodes.map(inline).join('');

  const item = ({ checked, children }: ListItem, tight: boolean): string => {
    const box =
      checked === undefined ? '' : `<input type="checkbox"${checked ? ' checked=""' : ''} disabled="" /> `;
    let html = '<li>';
    [...children].forEach((child, index) => {
      const prefix = index === 0 ? box : '';
      const isBare = tight && child.type === 'paragraph';
      const content =
        child.type === 'paragraph' ? prefix + inlines(child.children) : block(child).replace(/\n$/, '');
      if (!isBare && !html.endsWith('\n')) html += '\n';
      html += isBare ? content : `${child.type === 'paragraph' ? `<p>${content}</p>` : content}\n`;
    });
    return `${html}</li>\n`;
  };

  const row = (
    { cells }: TableRow,
    tag: 'th' | 'td',
    alignments: readonly (string | undefined)[],
  ): string => {
    const columns = cells.map((cell, index) => {
      const align = alignments[index];
      return `<${tag}${align === undefined ? '' : ` align="${align}"`}>${inlines(cell)}</${tag}>\n`;
    });
    return `<tr>\n${columns.join('')}</tr>\n`;
  };

  const block = (node: Block): string => {
    switch (node.type) {
      case 'paragraph':
        return `<p>${inlines(node.children)}</p>\n`;
      case 'heading':
        return `<h${node.level}>${inlines(node.children)}</h${node.level}>\n`;
      case 'code': {
        const language = node.language === '' ? '' : ` class="language-${escape(node.language)}"`;
        return `<pre><code${language}>${escape([...node.lines].map((line) => `${line}\n`).join(''))}</code></pre>\n`;
      }
      case 'html':
        return `${raw(node.text)}\n`;
      case 'quote':
        return `<blockquote>\n${[...node.children].map(block).join('')}</blockquote>\n`;
      case 'list': {
        const tag = node.start === undefined ? 'ul' : 'ol';
        const start = node.start === undefined || node.start === 1 ? '' : ` start="${node.start}"`;
        return `<${tag}${start}>\n${[...node.children].map((child) => item(child, node.tight)).join('')}</${tag}>\n`;
      }
      case 'table': {
        const head = `<thead>\n${row(node.head, 'th', node.alignments)}</thead>\n`;
        const rows = [...node.children].map((cells) => row(cells, 'td', node.alignments)).join('');
        return `<table>\n${head}${rows === '' ? '' : `<tbody>\n${rows}</tbody>\n`}</table>\n`;
      }
      case 'rule':
        return '<hr />\n';
    }
  };

  return [...blocks].map(block).join('');
}
