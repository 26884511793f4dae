/**
 * The samples in the documents, each by what its language is for. Programs are compiled in test/package/samples.test.ts,
 * since that takes the package, and pages are opened in test/e2e/documents.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { Engine } from 'php-parser';
import { compile } from 'svelte/compiler';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod/mini';
import { RELAY_VARIABLES } from '../../../partykit/env.ts';
import { DOCUMENT_SAMPLES, placeOf, samplesIn, samplesOf } from '../../support/document-samples.ts';
import { Markup } from './markup.ts';
import { isSettings, Shell } from './shell.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const shell = new Shell(ROOT);
let markup: Markup;

beforeAll(async () => {
  markup = await Markup.of(ROOT);
});

/** A line for each mistake; those with none are checked where the package is. */
const CHECKS: Readonly<Record<string, (code: string) => readonly string[]>> = {
  html: (code) => markup.html(code),
  css: (code) => markup.css(code),
  md: (code) => markup.html(micromark(code.replace(/^---\n[^]*?\n---\n/, ''), { allowDangerousHtml: true })),
  sh: (code) => [...shell.check(code), ...(isSettings(code) ? shell.settings(code) : [])],
  json: (code) => thrown(() => JSON.parse(code)),
  jsonc: settings,
  yaml: (code) => thrown(() => parseYaml(code)),
  http: request,
  php,
  vue,
  svelte: (code) => thrown(() => compile(code, {})),
  js: () => [],
  jsx: () => [],
  ts: () => [],
  tsx: () => [],
};

function thrown(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

const workerSchema = z.strictObject({
  vars: z.optional(z.partialRecord(z.enum(RELAY_VARIABLES), z.string())),
  routes: z.optional(z.array(z.strictObject({ pattern: z.string(), custom_domain: z.boolean() }))),
});

/** A part of `partykit/wrangler.jsonc`. */
function settings(code: string): readonly string[] {
  const parsed: { readonly config?: unknown; readonly error?: ts.Diagnostic } = ts.parseConfigFileTextToJson(
    'wrangler.jsonc',
    `{${code}}`,
  );
  if (parsed.error !== undefined) return [ts.flattenDiagnosticMessageText(parsed.error.messageText, ' ')];
  return thrown(() => workerSchema.parse(parsed.config));
}

function request(code: string): readonly string[] {
  const [head = '', body = ''] = code.split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const isRight = /^(?:GET|POST) \/\S*$/.test(line) && headers.every((one) => /^[A-Z][\w-]*: \S/.test(one));
  return [...(isRight ? [] : ['no request']), ...thrown(() => JSON.parse(body))];
}

function php(code: string): readonly string[] {
  const wrong = thrown(() => new Engine({ parser: { php8: true } }).parseCode(code, 'sample.php'));
  // The pages around the code, and those that it writes.
  const html = code.replaceAll(/<\?(?:php|=)[^]*?(?:\?>|$)/g, 'php');
  const written = [...code.matchAll(/<<<'?HTML'?\n([^]*?)\n\s*HTML/g)].map(([, text = '']) => text);
  return [...wrong, ...[html, ...written].flatMap((text) => markup.html(text))];
}

function vue(code: string): readonly string[] {
  const { descriptor, errors } = parseVue(code);
  const source = descriptor.template?.content ?? '';
  const compiled = compileTemplate({ source, filename: 'sample.vue', id: 'sample' });
  return [...errors, ...compiled.errors].map(String);
}

it('has a check for the language of each, so that none is there that nobody has tried', () => {
  const unknown = DOCUMENT_SAMPLES.filter(({ language }) => !Object.hasOwn(CHECKS, language));
  expect(unknown.map((sample) => `${placeOf(sample)}: ${sample.language}`)).toEqual([]);
});

describe.each(Object.keys(CHECKS).filter((language) => samplesIn(language).length > 0))('%s', (language) => {
  it.each(samplesIn(language).map((sample) => [placeOf(sample), sample.code] as const))('%s', (_, code) => {
    expect(CHECKS[language]?.(code)).toEqual([]);
  });
});

it('names no npm script that is not there', () => {
  const files = new Set(DOCUMENT_SAMPLES.map(({ file }) => file));
  for (const file of files)
    expect(shell.npmScripts(readFileSync(join(ROOT, file), 'utf8')), file).toEqual([]);
});

describe('the checks', () => {
  it.each([
    ['html', '<ivy-chat thread="x"></ivy-chat>', 'no attribute thread'],
    ['html', '<ivy-chat theme="pink"></ivy-chat>', "theme is 'auto' | 'light' | 'dark' and not pink"],
    ['html', '<script src="https://a.example/ivy-chat.js" data-colour="x"></script>', 'no attribute colour'],
    ['html', '<script src="https://a.example/chat.js"></script>', 'no relay serves chat.js'],
    ['html', '<iframe src="https://a.example/embed?launcher=1"></iframe>', 'no launcher in the address'],
    ['html', '<ivy-chat><b slot="top">x</b></ivy-chat>', 'no slot for <b>'],
    ['html', '<ivy-chat style="--ivy-color: red"></ivy-chat>', 'no custom property --ivy-color'],
    ['css', 'ivy-chat::part(box) { }', 'no part box'],
    ['sh', 'npm run relays', 'no command npm run relays'],
    ['sh', 'AST_KEY=x npm start', 'nothing reads AST_KEY'],
    ['sh', 'npx wrangler deploy --config wrangler.json', 'no file wrangler.json'],
    ['sh', 'UPSTREAM=openai\nOPENAI_MODEL=x', 'OPENAI_BASE_URL'],
    ['jsonc', '"vars": { "AST_KEY": "x" }', 'AST_KEY'],
    ['http', 'POST /x\n\n{', 'JSON'],
    ['php', '<?php wp_footer(', 'yntax'],
    ['vue', '<template><p></template>', 'end tag'],
    ['svelte', '{#if x}', 'block'],
  ])('of %s refuse %s', (language, code, expected) => {
    expect(CHECKS[language]?.(code).join('\n')).toContain(expected);
  });

  it('find blocks below an item of a list, and their headings', () => {
    expect(samplesOf('x.md', '# A\n\n- b\n\n  ```js\n  c\n    d\n  ```\n')).toEqual([
      { file: 'x.md', line: 5, heading: 'A', language: 'js', code: 'c\n  d' },
    ]);
    expect(() => samplesOf('x.md', '```js\n')).toThrow('x.md:1');
  });
});
