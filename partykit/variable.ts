/** Kinds of variables: what the text of one may be. A problem is said without its value. */
import * as z from 'zod/mini';
import { parseJson } from '#protocol';

/** An empty variable is an absent one: that is how `.env` files switch things off. */
export const text = z.pipe(
  z.optional(z.string()),
  z.transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim())),
);

export const wholeNumber = <Fallback>(of: string, fallback: Fallback, least = 1) =>
  z.pipe(
    text,
    z.transform((value, context): number | Fallback => {
      if (value === undefined) return fallback;
      const number = Number(value);
      if (Number.isSafeInteger(number) && number >= least) return number;
      context.issues.push({ code: 'custom', message: `is not a whole number of ${of}`, input: value });
      return z.NEVER;
    }),
  );

/** One of a few words. */
export const choice = <const Choice extends string>(...choices: readonly Choice[]) =>
  z.pipe(
    text,
    z.transform((value, context): Choice | undefined => {
      const chosen = choices.find((one) => one === value?.toLowerCase());
      if (value === undefined || chosen !== undefined) return chosen;
      context.issues.push({ code: 'custom', message: `is none of ${choices.join(', ')}`, input: value });
      return z.NEVER;
    }),
  );

/** An address that is asked: http or https, without anything that could carry a secret into a log. */
export const serviceUrl = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined) return undefined;
    const url = parseUrl(value);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') {
      if (url.search === '' && url.hash === '' && url.username === '' && url.password === '')
        return url.href.replace(/\/+$/, '');
    }
    context.issues.push({
      code: 'custom',
      message: 'is not an http or https address without query, such as https://agents.example.com',
      input: value,
    });
    return z.NEVER;
  }),
);

export function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

/** What the value of a header may hold. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** A key that is sent in a header. */
export const serviceKey = z.pipe(
  text,
  z.transform((value, context): string | undefined => {
    if (value === undefined || PRINTABLE.test(value)) return value;
    context.issues.push({
      code: 'custom',
      message: 'holds something that no header can carry, such as a line break',
      input: value,
    });
    return z.NEVER;
  }),
);

const headersSchema = z.record(
  z.string().check(z.regex(/^[\w!#$%&'*+.^`|~-]+$/)),
  z.string().check(z.regex(PRINTABLE)),
);

/** Those that the relay writes, and those that say how the body travels. */
const OWN_HEADERS =
  /^(?:accept|content-(?:type|length|encoding)|host|connection|transfer-encoding|te|upgrade)$/;

/** JSON in one line; names in lower case. */
export const headers = z.pipe(
  text,
  z.transform((value, context): Readonly<Record<string, string>> => {
    const refuse = (message: string): never => {
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    };
    if (value === undefined) return {};
    const parsed = headersSchema.safeParse(parseJson(value));
    if (!parsed.success) return refuse('is not a JSON object of headers, such as {"X-Api-Key": "…"}');
    const named = Object.entries(parsed.data).map(([name, field]) => [name.toLowerCase(), field] as const);
    if (named.some(([name]) => OWN_HEADERS.test(name)))
      return refuse('has a header that the relay writes itself');
    return Object.fromEntries(named);
  }),
);
