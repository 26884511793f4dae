/** What is told apart by colour. highlight.js knows some sixty scopes; a reader tells about ten colours apart. */

export const GROUPS = [
  'comment',
  'keyword',
  'string',
  'literal',
  'function',
  'type',
  'attribute',
  'tag',
  'meta',
  'addition',
  'deletion',
] as const;

export type Group = (typeof GROUPS)[number];

const SCOPES: Readonly<Record<Group | 'plain', string>> = {
  comment: 'comment quote',
  keyword: 'keyword variable.language doctag selector-pseudo',
  string: 'string regexp code formula',
  literal: 'number literal symbol bullet variable.constant char',
  function: 'title section',
  type: 'type title.class class built_in',
  attribute: 'attr attribute variable selector-attr selector-class selector-id link',
  tag: 'name selector-tag template-tag',
  meta: 'meta',
  addition: 'addition',
  deletion: 'deletion',
  // Code inside a string is not of the string's colour.
  plain: 'subst template-variable property params operator punctuation tag',
};

const GROUP_OF: ReadonlyMap<string, Group | undefined> = new Map(
  [undefined, ...GROUPS].flatMap((group) =>
    SCOPES[group ?? 'plain'].split(' ').map((scope): [string, Group | undefined] => [scope, group]),
  ),
);

/** `title.class.inherited` is what `title.class` is. What has no group of its own is of the one around it. */
export function groupOf(scope: string, around: Group | undefined): Group | undefined {
  for (let name = scope; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    if (GROUP_OF.has(name)) return GROUP_OF.get(name);
  }
  return scope.startsWith('language:') ? undefined : around;
}
