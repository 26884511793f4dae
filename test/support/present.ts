/** A value that a test cannot go on without: a missing one fails the test by name. */
export function present<Value>(value: Value | undefined, what = 'the value'): Value {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
