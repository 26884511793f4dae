import { defineConfig, globalIgnores } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** Folders, and what each may not import: the arrow of the design, held by the linter. */
const walls = [
  [['partykit/protocol/**'], ['!(zod|zod/mini)', '**/../*'], 'the contract imports zod/mini and nothing else'],
  [['partykit/room/**'], ['**/upstream/**', '**/storage/**', '**/admission*', '**/env*', '**/widget/**'], 'room knows only its ports and #protocol'],
  [['partykit/upstream/**', 'partykit/storage/**'], ['**/widget/**', '**/admission*', '**/room/!(ports)*'], 'adapters know only room/ports and #protocol'],
  [['partykit/**'], ['**/server.ts', '**/worker.ts', '**/widget/**', '**/demo/**', '**/test/**'], 'nothing imports the platform adapters, the widget, the demo or the tests'],
  [['widget/**'], ['**/partykit/**', '**/demo/**', '**/test/**'], 'the widget shares #protocol with the relay and nothing else'],
  [['widget/client/**'], ['lit', 'lit/*', '**/state/**', '**/controllers/**', '**/elements/**', '**/i18n/**'], 'the client knows neither Lit nor what is above it'],
  [['widget/state/**'], ['lit', 'lit/*', '**/controllers/**', '**/elements/**', '**/i18n/**'], 'the store knows only client and #protocol'],
  [['widget/elements/**', 'widget/markdown/**'], ['**/client/**', 'partysocket', 'partysocket/*'], 'views draw what they are given'],
];

const rulesOfWall = (files) =>
  walls
    .filter(([of]) => of.some((one) => files.some((file) => file === one || file.startsWith(one.replace('**', '')))))
    .map(([, group, message]) => ({ group, message }));

const wallFolders = [...new Set(walls.flatMap(([files]) => files))];

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
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
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
  ...wallFolders.map((folder) => ({
    files: [folder],
    rules: {
      'no-restricted-imports': ['error', { patterns: rulesOfWall([folder]) }],
    },
  })),
  { files: ['demo/**/*.ts', 'test/**/*.ts', 'partykit/local/**/*.ts'], rules: { 'no-console': 'off' } },
]);
