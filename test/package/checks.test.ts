/** What the tools say that others check packages with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';

/** Those are for packages that CommonJS or a compiler of 2022 can use; this one is made of modules. */
const OF_OLD = ['node10', 'node16-cjs'];

it('publint finds nothing', async () => {
  const pkgDir = join(inject('installed'), 'node_modules/ivy-chat');
  const { messages, pkg } = await publint({ pkgDir, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

it('the types are not wrong', async () => {
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(inject('tarball'))));
  if (checked.types === false) throw new Error('The package has no types.');
  const problems = checked.problems.filter(
    (problem) => !('resolutionKind' in problem && OF_OLD.includes(problem.resolutionKind)),
  );
  expect(problems).toEqual([]);
  expect(Object.keys(checked.entrypoints)).toContain('./react');
});
