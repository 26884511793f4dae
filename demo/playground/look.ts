/** A look of the chat, as the playground changes it, and what it is when nobody has changed anything. */
import * as z from 'zod/mini';

/** What a form gives is text; what is no value of its field is the default. */
const within = (from: number, to: number, fallback: number) =>
  z.catch(
    z.pipe(z.pipe(z.string(), z.transform(Number)), z.number().check(z.gte(from), z.lte(to))),
    fallback,
  );

const text = z.catch(
  z.pipe(
    z.string(),
    z.transform((value: string) => value.trim()),
  ),
  '',
);

export const lookSchema = z.object({
  shape: z.catch(z.enum(['inline', 'launcher']), 'inline'),
  theme: z.catch(z.enum(['auto', 'light', 'dark']), 'auto'),
  accent: z.catch(z.string().check(z.regex(/^#[\da-f]{6}$/)), '#1f7a55'),
  /** Px. */
  radius: within(0, 28, 16),
  /** A factor. */
  density: within(0.6, 1.4, 1),
  /** Px. */
  fontSize: within(12, 20, 15),
  /** Empty: the page's language. */
  locale: z.catch(z.enum(['', 'en', 'es', 'pt-BR']), ''),
  heading: text,
  placeholder: text,
  greeting: text,
  /** Each on a line of its own. */
  suggestions: text,
});
export type Look = z.infer<typeof lookSchema>;

export const DEFAULT_LOOK: Look = lookSchema.parse({});

/** What a page writes on the tag for it, besides the thread; without what is as it would be anyway. */
export function attributesOf(look: Look): ReadonlyMap<string, string> {
  const attributes: readonly (readonly [string, string])[] = [
    ['launcher', look.shape === 'launcher' ? 'launcher' : ''],
    ['theme', look.theme === DEFAULT_LOOK.theme ? '' : look.theme],
    ['locale', look.locale],
    ['heading', look.heading],
    ['placeholder', look.placeholder],
    ['greeting', look.greeting],
    // A bar within a suggestion would be read as the end of it, here as in the attribute.
    [
      'suggestions',
      look.suggestions
        .split(/[\n|]/)
        .flatMap((line) => line.trim() || [])
        .join('|'),
    ],
  ];
  return new Map(attributes.filter(([, value]) => value !== ''));
}

/** The names that `attributesOf` may give. */
export const LOOK_ATTRIBUTES = [
  'launcher',
  'theme',
  'locale',
  'heading',
  'placeholder',
  'greeting',
  'suggestions',
] as const;

/** The custom properties for it, without those that are as they would be anyway. */
export function propertiesOf(look: Look): ReadonlyMap<string, string> {
  const properties: readonly (readonly [string, string, boolean])[] = [
    ['--ivy-accent', look.accent, look.accent === DEFAULT_LOOK.accent],
    ['--ivy-radius', `${String(look.radius)}px`, look.radius === DEFAULT_LOOK.radius],
    ['--ivy-density', String(look.density), look.density === DEFAULT_LOOK.density],
    ['--ivy-font-size', `${String(look.fontSize)}px`, look.fontSize === DEFAULT_LOOK.fontSize],
  ];
  return new Map(
    properties.flatMap(([name, value, isDefault]) => (isDefault ? [] : [[name, value] as const])),
  );
}

export const LOOK_PROPERTIES = ['--ivy-accent', '--ivy-radius', '--ivy-density', '--ivy-font-size'] as const;
