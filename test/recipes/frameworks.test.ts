/** The recipes for projects of Vite and Eleventy: installed, built, served as files, and asked a question. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { FreshProject, type Site } from '../package/fresh/fresh-project.ts';
import { pack } from '../package/packed.ts';
import { Kitchen, writeFiles, type Visit } from './kitchen.ts';

const LONG_MS = 300_000;

let kitchen: Kitchen;
let tarball: string;
let site: Site | undefined;

beforeAll(async () => {
  kitchen = await Kitchen.open();
  tarball = await pack(kitchen.folder);
}, LONG_MS);

afterEach(async () => {
  await kitchen.clear();
  await site?.close();
  site = undefined;
});
afterAll(() => kitchen.close());

const pageFor = (main: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>App</title></head>
<body><div id="app"></div><script type="module" src="/src/${main}"></script></body></html>`;

const hasCounted = ({ page }: Visit): Promise<unknown> =>
  page.waitForFunction("document.querySelector('p').textContent === '1 answers'");

it('React', async () => {
  const folder = join(kitchen.folder, 'react');
  await writeFiles(folder, {
    'index.html': pageFor('main.tsx'),
    'src/main.tsx': `import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
createRoot(document.querySelector('#app')!).render(<App />);`,
    'src/App.tsx': kitchen.recipe('A React app', 'tsx'),
  });
  const project = await FreshProject.of(folder, [tarball, 'react@19', 'react-dom@19', 'vite@8']);
  await project.run('vite', 'build');
  site = await project.serve('dist');
  const visit = await kitchen.visit(site.url);
  const logged: string[] = [];
  visit.page.on('console', (message) => logged.push(message.text()));
  await visit.isWell();
  expect(logged).toEqual([await visit.chat.idle()]);
});

it('Vue', async () => {
  const folder = join(kitchen.folder, 'vue');
  await writeFiles(folder, {
    'index.html': pageFor('main.js'),
    'vite.config.js': kitchen.recipe('A Vue app', 'js'),
    'src/main.js':
      "import { createApp } from 'vue';\nimport App from './App.vue';\ncreateApp(App).mount('#app');",
    'src/App.vue': kitchen.recipe('A Vue app', 'vue'),
  });
  const project = await FreshProject.of(folder, [tarball, 'vue@3', 'vite@8', '@vitejs/plugin-vue@6']);
  await project.run('vite', 'build');
  site = await project.serve('dist');
  const visit = await kitchen.visit(site.url);
  await visit.isWell('vue', () => hasCounted(visit));
});

it('Svelte', async () => {
  const folder = join(kitchen.folder, 'svelte');
  await writeFiles(folder, {
    'index.html': pageFor('main.js'),
    'vite.config.js':
      "import { svelte } from '@sveltejs/vite-plugin-svelte';\nexport default { plugins: [svelte()] };",
    'src/main.js':
      "import { mount } from 'svelte';\nimport App from './App.svelte';\nmount(App, { target: document.querySelector('#app') });",
    'src/App.svelte': kitchen.recipe('A Svelte app', 'svelte'),
  });
  const project = await FreshProject.of(folder, [
    ...[tarball, 'svelte@5', 'vite@8', '@sveltejs/vite-plugin-svelte@7'],
  ]);
  await project.run('vite', 'build');
  site = await project.serve('dist');
  const visit = await kitchen.visit(site.url);
  await visit.isWell(undefined, () => hasCounted(visit));
});

it('Eleventy', async () => {
  const folder = join(kitchen.folder, 'eleventy');
  await writeFiles(folder, {
    '_includes/layout.html': kitchen.recipe('A site of Markdown', 'html'),
    'shipping.md': kitchen.recipe('A site of Markdown', 'md'),
  });
  const project = await FreshProject.of(folder, ['@11ty/eleventy@3', 'vite@8']);
  await project.run('eleventy');
  const page = await readFile(join(folder, '_site/shipping/index.html'), 'utf8');
  expect(page).toContain('<ivy-chat heading="Shipping"></ivy-chat>');
  site = await project.serve('_site');
  await (await kitchen.visit(`${site.url}/shipping/`)).isWell('eleventy');
});
