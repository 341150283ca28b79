import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './packages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const fences = (text: string): readonly string[] =>
  [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, code]) => code ?? []);

const pages = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const pairs: readonly (readonly [en: string, ru: string])[] = [
  ['README.md', 'README.ru.md'],
  ['openapi/README.md', 'openapi/README.ru.md'],
  ['packages/conformance/corpus/README.md', 'packages/conformance/corpus/README.ru.md'],
  ...pages('docs/ru').map((page) => [`docs/en/${page}`, `docs/ru/${page}`] as const),
];

test.each(pairs)('%s and %s show the same code', (en, ru) => {
  expect(fences(read(ru))).toEqual(fences(read(en)));
});

test('every English page that is not only a table of facts has a Russian one', () => {
  const missing = pages('docs/en').filter((page) => !pages('docs/ru').includes(page));
  expect(missing).toEqual(['reference/behaviours.md']);
});

test('the README shows the quick start that is compiled', () => {
  expect(fences(read('README.md'))).toContain(read('apps/example-receiver-express/src/quick-start.ts'));
});

/** Parts of compiled programs: what stands between `// #region name` and `// #endregion`, without its indentation. */
function regions(folder: string): readonly string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|m?js)$/.test(file) && !/node_modules|dist/.test(file),
  );
  return files.flatMap((file) =>
    [...read(`${folder}/${file}`).matchAll(/^( *)\/\/ #region .*\n([\s\S]*?)^\1\/\/ #endregion/gm)].map(
      ([, indentation, code = '']) => code.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    ),
  );
}

test.each([
  ['docs/en/integrate/sync.md', 'apps/example-sync/src'],
  ['docs/en/integrate/receiver.md', 'packages/receiver/recipes'],
  ['docs/en/integrate/client.md', 'apps/example-client/src'],
  ['docs/en/integrate/quick-start.md', 'apps/example-receiver-express/src'],
  ['docs/en/mock/unit-tests.md', 'apps'],
])('%s shows only code that is compiled in %s', (page, folder) => {
  const shown = [...read(page).matchAll(/```[tj]s\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(shown.length).toBeGreaterThan(0);
  const compiled = regions(folder);
  expect(shown.filter((code = '') => !compiled.includes(code))).toEqual([]);
});

test('the page about receiving shows every recipe', () => {
  expect([...regions('packages/receiver/recipes')].sort()).toEqual(
    [...fences(read('docs/en/integrate/receiver.md'))].sort(),
  );
});

test('links between pages lead somewhere', () => {
  const all = [
    'README.md',
    'README.ru.md',
    'CONTRIBUTING.md',
    'openapi/README.md',
    'openapi/README.ru.md',
    ...['en', 'ru'].flatMap((each) => pages(`docs/${each}`).map((page) => `docs/${each}/${page}`)),
  ];
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, group)))
      if (existsSync(join(root, group, name, 'README.md'))) all.push(`${group}/${name}/README.md`);
  }
  const broken = all.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, target = '']) =>
      existsSync(join(root, dirname(page), target)) ? [] : [`${page} → ${target}`],
    ),
  );
  expect(broken).toEqual([]);
});
