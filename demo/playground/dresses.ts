/** Looks that are far from the default, for somebody who wants to see what can be done. */
import type { Look } from './look.ts';

type Dress = Partial<Record<keyof Look, string>>;

const DRESSES: readonly Dress[] = [
  {
    accent: '#6d28d9',
    radius: '24',
    heading: 'Ask Violet',
    greeting: 'What shall we make today?',
    suggestions: 'A poster\nA plan for the week',
  },
  {
    accent: '#c2410c',
    radius: '0',
    density: '0.8',
    theme: 'dark',
    heading: 'Workshop',
    placeholder: 'Which part do you need?',
  },
  {
    accent: '#0369a1',
    shape: 'launcher',
    locale: 'es',
    heading: 'Ayuda',
    suggestions: '¿Dónde está mi pedido?\n¿Puedo devolverlo?',
  },
  { accent: '#facc15', radius: '10', density: '0.7', fontSize: '14', theme: 'dark', heading: 'Night desk' },
  { accent: '#be185d', radius: '28', density: '1.2', fontSize: '17', theme: 'light', locale: 'pt-BR' },
];

/** `index` counts on for ever. */
export function dressed(index: number): Dress {
  return DRESSES[index % DRESSES.length] ?? {};
}
