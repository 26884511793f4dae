/**
 * The part of `zod/mini` that the protocol is written in, in a tenth of its bytes: the build puts it in the place of zod in
 * the script that pages load. Same names, same results; of what is wrong it tells only that it is. What it lacks does
 * not build, and `test/widget/build/small-schemas.test.ts` has the same frames read by both.
 */

const WRONG = Symbol('wrong');

type Read<Value> = (input: unknown) => Value | typeof WRONG;
type Check<Value> = (value: Value) => boolean;
type AnySchema = Schema<unknown>;
type Shape = Readonly<Record<string, AnySchema>>;
type Parsed<Value> =
  | { readonly success: true; readonly data: Value }
  | { readonly success: false; readonly error: { readonly issues: readonly [] } };

class Schema<Value> {
  readonly read: Read<Value>;

  constructor(read: Read<Value>) {
    this.read = read;
  }

  check(...checks: readonly Check<Value>[]): Schema<Value> {
    return new Schema((input) => {
      const value = this.read(input);
      return value !== WRONG && checks.every((isRight) => isRight(value)) ? value : WRONG;
    });
  }

  safeParse(input: unknown): Parsed<Value> {
    const data = this.read(input);
    return data === WRONG ? { success: false, error: { issues: [] } } : { success: true, data };
  }
}

const only = <Value>(isRight: (input: unknown) => input is Value): Schema<Value> =>
  new Schema((input) => (isRight(input) ? input : WRONG));

export const unknown = (): AnySchema => new Schema((input) => input);
export const string = (): Schema<string> => only((input) => typeof input === 'string');
export const boolean = (): Schema<boolean> => only((input) => typeof input === 'boolean');
export const number = (): Schema<number> =>
  only((input): input is number => typeof input === 'number' && Number.isFinite(input));
export const int = (): Schema<number> => only((input): input is number => Number.isSafeInteger(input));
const oneOf = (values: readonly unknown[]): AnySchema =>
  new Schema((input) => (values.includes(input) ? input : WRONG));
export const literal = (value: unknown): AnySchema => oneOf([value]);

export const minLength = (limit: number) => (text: string) => text.length >= limit;
export const regex = (pattern: RegExp) => (text: string) => pattern.test(text);
export const nonnegative = () => (value: number) => value >= 0;
export const positive = () => (value: number) => value > 0;
export const maximum = (limit: number) => (value: number) => value <= limit;
export const refine = <Value>(isRight: Check<Value>): Check<Value> => isRight;

export const optional = (inner: AnySchema): AnySchema => _default(inner, undefined);
export const _default = (inner: AnySchema, value: unknown): AnySchema =>
  new Schema((input) => (input === undefined ? value : inner.read(input)));
const orElse = (inner: AnySchema, value: unknown): AnySchema =>
  new Schema((input) => {
    const read = inner.read(input);
    return read === WRONG ? value : read;
  });

export const array = (item: AnySchema): AnySchema =>
  new Schema((input) => {
    if (!Array.isArray(input)) return WRONG;
    const items = input.map((one) => item.read(one));
    return items.includes(WRONG) ? WRONG : items;
  });

class ObjectSchema extends Schema<unknown> {
  readonly shape: Shape;

  /** Takes over the fields that are named, and no other. */
  constructor(shape: Shape) {
    const fields = Object.entries(shape);
    super((input) => {
      if (typeof input !== 'object' || input === null || Array.isArray(input)) return WRONG;
      const own: object = input;
      const read: Record<string, unknown> = {};
      for (const [name, field] of fields) {
        const isThere = Object.hasOwn(own, name);
        const value = field.read(isThere ? Reflect.get(own, name) : undefined);
        if (value === WRONG) return WRONG;
        if (isThere || value !== undefined) read[name] = value;
      }
      return read;
    });
    this.shape = shape;
  }
}

export const object = (shape: Shape): ObjectSchema => new ObjectSchema(shape);
export const extend = ({ shape }: ObjectSchema, more: Shape): ObjectSchema => object({ ...shape, ...more });

export const union = (options: readonly AnySchema[]): AnySchema =>
  new Schema((input) => {
    for (const option of options) {
      const value = option.read(input);
      if (value !== WRONG) return value;
    }
    return WRONG;
  });

/** The field that tells them apart is the first of each, so that what it is not ends there. */
export const discriminatedUnion = (_field: string, options: readonly AnySchema[]): AnySchema =>
  union(options);

/** What a transform gives that has found an issue. */
export const NEVER = undefined;

interface Context {
  readonly issues: unknown[];
}

export const transform = (change: (value: unknown, context: Context) => unknown): AnySchema =>
  new Schema((input) => {
    const issues: unknown[] = [];
    const value = change(input, { issues });
    return issues.length === 0 ? value : WRONG;
  });

export const pipe = (first: AnySchema, then: AnySchema): AnySchema =>
  new Schema((input) => {
    const value = first.read(input);
    return value === WRONG ? WRONG : then.read(value);
  });

export { oneOf as enum, orElse as catch };
