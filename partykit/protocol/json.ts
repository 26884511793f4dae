/** JSON from outside, or undefined: what it holds is for a schema to say. */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Plain objects, lists and values as JSON, on any page: libraries from before it was built in gave every object and list a
 * `toJSON` of their own, which `JSON.stringify` asks before it looks at them.
 */
export function writeJson(value: unknown): string {
  // What every object has, a list has as well.
  return JSON.stringify('toJSON' in Array.prototype ? uninherited(value) : value);
}

/** A copy that inherits nothing. */
function uninherited(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  Object.setPrototypeOf(copy, null);
  for (const [name, field] of Object.entries(value)) Reflect.set(copy, name, uninherited(field));
  return copy;
}
