import { defineConfig, globalIgnores } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** What a folder may not import, and why: the arrow of the design, held by the linter. Folders inherit from their parents. */
const walls = {
  partykit: [
    [['**/server.ts', '**/metrics-server.ts', '**/worker.ts'], 'nothing imports the platform adapters'],
    [
      ['**/widget/**', '**/demo/**', '**/test/**'],
      'the relay knows neither the widget nor the demo nor the tests',
    ],
  ],
  'partykit/protocol': [
    [
      ['../**', '#protocol', 'lit', 'partysocket', 'partykit', 'partyserver'],
      'the contract imports zod/mini and nothing else',
    ],
  ],
  'partykit/room': [[['../**'], 'the room knows its own folder and #protocol']],
  'partykit/upstream': [
    [['../**', '!../room', '../room/**', '!../room/ports.ts'], 'an adapter knows room/ports and #protocol'],
  ],
  'partykit/storage': [
    [['../**', '!../room', '../room/**', '!../room/ports.ts'], 'an adapter knows room/ports and #protocol'],
  ],
  widget: [
    [
      ['**/partykit/**', '**/demo/**', '**/test/**'],
      'the widget shares #protocol with the relay and nothing else',
    ],
  ],
  'widget/client': [[['lit', 'lit/**', '../**'], 'the client knows neither Lit nor what is above it']],
  'widget/state': [
    [['lit', 'lit/**', '../**', '!../client', '!../client/**'], 'the store knows the client and #protocol'],
  ],
  'widget/elements': [[['../client/**', 'partysocket', 'partysocket/**'], 'views draw what they are given']],
  'widget/markdown': [
    [['../**', 'partysocket', 'partysocket/**', '#protocol'], 'Markdown knows nothing of the chat around it'],
  ],
  'widget/colours': [
    [['../**', 'lit', 'lit/**', '#protocol'], 'a script of its own, which shares no code with the main one'],
  ],
};

const wallRules = Object.keys(walls).map((folder) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: Object.entries(walls)
          .filter(([of]) => folder === of || folder.startsWith(`${of}/`))
          .flatMap(([, restricted]) => restricted.map(([group, message]) => ({ group, message }))),
      },
    ],
  },
}));

export default defineConfig([
  globalIgnores(['dist', 'node_modules', '.partykit', '.wrangler', '**/fixtures/**']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './*/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['widget/**/*.ts'],
    extends: [lit['flat/recommended']],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc', 'write', 'writeln'].map((property) => ({
          property,
          message: 'No HTML string sink (rule X1): build nodes.',
        })),
      ],
      'no-restricted-globals': ['error', 'DOMParser', 'eval'],
    },
  },
  ...wallRules,
  { files: ['demo/**/*.ts', 'test/**/*.ts', 'partykit/local/**/*.ts'], rules: { 'no-console': 'off' } },
]);
