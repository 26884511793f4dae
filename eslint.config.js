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
  'widget/embed': [
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

/** What makes nodes or code of a string (rule X1). */
const htmlSinks = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'setHTML',
  'setHTMLUnsafe',
  'parseHTML',
  'parseHTMLUnsafe',
  'parseFromString',
  // Of highlight.js.
  'highlightElement',
  'highlightAll',
  'highlightBlock',
];
const sinkGlobals = ['DOMParser', 'XSLTProcessor', 'Function', 'eval'];
const sinkNames = `/^(?:${[...htmlSinks, ...sinkGlobals].join('|')})$/`;
const attributeCall = 'CallExpression[callee.property.name=/^(?:set|toggle)Attribute$/]';

const sinkSyntax = {
  'MemberExpression[property.name=/^write(?:ln)?$/]:matches([object.name=/document$/i], [object.property.name=/document$/i])':
    'No HTML string sink (rule X1): build nodes.',
  [`Property[key.name=${sinkNames}]`]: 'No HTML string sink (rule X1): build nodes.',
  [`MemberExpression > Literal[value=${sinkNames}]`]: 'No HTML string sink (rule X1): build nodes.',
  [`MemberExpression[computed=false][property.name=/^(?:${sinkGlobals.join('|')})$/]`]:
    'No code of a string (rule X1).',
  'ImportDeclaration[source.value=/(?:unsafe-|static-html|static\\.js)/]':
    'Lit escapes what it is given; this would not (rule X1).',
  'ImportExpression > Literal[value=/(?:unsafe-|static-html|static\\.js)/]':
    'Lit escapes what it is given; this would not (rule X1).',
  'ImportSpecifier[imported.name=/^unsafe/]': 'Lit escapes what it is given; this would not (rule X1).',
  [`${attributeCall} > Literal:first-child[value=/^(?:on|style$|srcdoc$|xlink:)/i]`]:
    'No attribute that holds code or styles (rule X1).',
  'TemplateElement[value.raw=/[\\s.](?:innerHTML|outerHTML|srcdoc)\\s*=/i]':
    'No HTML string sink (rule X1): build nodes.',
  'TemplateElement[value.raw=/\\s(?:on[a-z]+|style)\\s*=\\s*["\']?$/i]':
    'No attribute that holds code or styles (rule X1): `@event`, a class or a property.',
  'TemplateElement[value.raw=/<(?:script|iframe|object|embed|base|meta)\\b/i]':
    'No element that loads or runs something (rule X2).',
  'Literal[value=/^\\s*(?:javascript|vbscript|data):/i]': 'No address that is code (rule X3).',
  'TemplateElement[value.raw=/(?:javascript|vbscript):/i]': 'No address that is code (rule X3).',
  'CallExpression[callee.property.name="createElement"] > Literal[value=/^(?:script|iframe|object|embed|base|meta|link|template)$/i]':
    'No element that loads or runs something (rule X2).',
  'CallExpression[callee.property.name=/^(?:createElementNS|setAttributeN(?:S|ode(?:NS)?))$/]':
    'No element and no attribute of another name space (rule X2).',
  'CallExpression[callee.name=/^set(?:Timeout|Interval)$/][arguments.0.type=/Literal$/]':
    'No code of a string (rule X1).',
  'CallExpression[callee.property.name="execCommand"]:not([arguments.0.value="copy"])':
    'No HTML string sink (rule X1): build nodes.',
};

/** Lit takes strings for a template of the page's own where they look like those of one. */
const madeTemplates = Object.fromEntries(
  [
    'CallExpression[callee.name=/^(?:html|svg|mathml)$/]',
    'CallExpression[callee.property.name=/^(?:html|svg|mathml)$/]',
    'Property[key.name=/^(?:raw|_[$]litType[$])$/]',
    'AssignmentExpression > MemberExpression.left[property.name=/^(?:raw|_[$]litType[$])$/]',
  ].map((selector) => [selector, 'A template of Lit is written where it is used (rule X1).']),
);

const computedNames = {
  [`${attributeCall}:not([arguments.0.type="Literal"])`]:
    'An attribute has a name that can be read here (rule X2).',
  'CallExpression[callee.property.name="createElement"]:not([arguments.0.type="Literal"])':
    'An element has a name that can be read here (rule X2).',
};

const slowStart = {
  ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > Literal[regex.pattern=/\\\\p\\{/]':
    'A browser takes its time for each class of letters: made where it is used, the start does not wait for it.',
};

function restricted(messages) {
  return Object.entries(messages).map(([selector, message]) => ({ selector, message }));
}

const ofTheScript = {
  'no-restricted-properties': [
    'error',
    ...htmlSinks.map((property) => ({ property, message: 'No HTML string sink (rule X1): build nodes.' })),
  ],
  'no-restricted-globals': ['error', ...sinkGlobals],
  'no-restricted-syntax': [
    'error',
    ...restricted({ ...sinkSyntax, ...madeTemplates, ...computedNames, ...slowStart }),
  ],
};

export default defineConfig([
  globalIgnores(['dist', 'dist-demo', 'lib', 'node_modules', '.partykit', '.wrangler', '**/fixtures/**']),
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
    rules: ofTheScript,
  },
  {
    // Makes attributes by a name that it has looked up in its list.
    files: ['widget/markdown/allowed.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restricted({ ...sinkSyntax, ...madeTemplates })] },
  },
  {
    // Makes a template of what has been found to be one character reference.
    files: ['widget/markdown/browser-decoding.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restricted({ ...sinkSyntax, ...computedNames })] },
  },
  {
    // Is a part of the same script.
    files: ['partykit/protocol/**/*.ts'],
    rules: ofTheScript,
  },
  ...wallRules,
  { files: ['demo/**/*.ts', 'test/**/*.ts', 'partykit/local/**/*.ts'], rules: { 'no-console': 'off' } },
]);
