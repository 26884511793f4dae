/** What every object has from the language, to see that nothing from outside has changed it. */

const SHARED: Readonly<Record<string, object>> = {
  Object: Object.prototype,
  Array: Array.prototype,
  Function: Function.prototype,
  String: String.prototype,
  Number: Number.prototype,
  Boolean: Boolean.prototype,
  Map: Map.prototype,
  Error: Error.prototype,
  'the constructor of objects': Object,
};

/** Own names of each, and what they are. */
export function prototypes(): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(SHARED).map(([name, shared]) => [
      name,
      Reflect.ownKeys(shared).map((key) => [key, Object.getOwnPropertyDescriptor(shared, key)]),
    ]),
  );
}
