/** Style sheets and templates without what only people read in them: comments, and the white space that lays them out. */

/** With strings, so that a comment that is in one is none; and with addresses, which need no quotes. */
const COMMENT = /\/\*[^]*?\*\/|("[^"]*"|'[^']*'|url\([^)]*\))/g;
const LITERAL = /("[^"]*"|'[^']*'|url\([^)]*\))/;

/**
 * One string for each of the given, which are what stands around the expressions of a template. Where white space parts
 * two words, one space is left, also at the ends: nobody knows what an expression puts there.
 */
export function tightCss(strings: readonly string[]): readonly string[] {
  return strings.map((text) =>
    text
      .replace(COMMENT, withoutComment)
      .split(LITERAL)
      .map((part, index) => (index % 2 === 0 ? tightRules(part) : part))
      .join(''),
  );
}

/** One that alone parts two words stays, though with nothing in it. */
function withoutComment(match: string, literal: string | undefined, offset: number, text: string): string {
  const around = text.charAt(offset - 1) + text.charAt(offset + match.length);
  return literal ?? (/[\s{};]/.test(around) ? '' : '/**/');
}

/** A space before `:` stays, as it is a combinator in `.a :hover`; so do those in calculations, and before a bracket. */
function tightRules(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/ ?>(?!=) ?/g, '>')
    .replace(/([(:]) /g, '$1')
    .replace(/ ([)!])/g, '$1')
    .replace(/;\}/g, '}');
}

/** In the place of an expression. No source has it, and it is not white space. */
const EXPRESSION = '\0';

const TAG = /(<!--[^]*?-->|<\/?[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>)/i;
const KEEPING = /^<(?:pre|textarea)\b/i;

/**
 * The same for HTML and SVG, with one space where lines were broken: to remove it would move words and buttons together.
 * It must not be used where a style keeps white space, in templates that have some there.
 */
export function tightHtml(strings: readonly string[]): readonly string[] {
  let keeps = false;
  const parts = strings
    .join(EXPRESSION)
    .split(TAG)
    .map((part, index) => {
      if (index % 2 === 0) return keeps ? part : part.replace(/\s*\n\s*/g, ' ');
      if (part.startsWith('<!--')) return part;
      keeps = KEEPING.test(part);
      return tightTag(part);
    });
  return parts.join('').split(EXPRESSION);
}

/** The space of `a=${b} />` stays: without it the slash would be a part of the value. */
function tightTag(tag: string): string {
  return tag
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/\s+/g, ' ').replace(/ >$/, '>') : part))
    .join('')
    .replace(/" \/>$/, '"/>');
}
