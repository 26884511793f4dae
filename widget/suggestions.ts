/** Questions that an empty conversation offers, as the page wrote them: a list, or text with `|` between them. */

export function readSuggestions(value: unknown): readonly string[] {
  const list: unknown[] = typeof value === 'string' ? value.split('|') : Array.isArray(value) ? value : [];
  return list.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));
}
