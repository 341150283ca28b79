import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, workspacePackages } from './packages.ts';

/** What the code of each package may import besides itself: the source of truth of the house's plan. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  '@hubex-kit/contract': [],
  '@hubex-kit/client': ['@hubex-kit/contract'],
  '@hubex-kit/receiver': ['@hubex-kit/contract'],
  '@hubex-kit/simulator': ['@hubex-kit/contract'],
  '@hubex-kit/msw': ['@hubex-kit/simulator', '@hubex-kit/contract', '@jest/globals', 'msw', 'vitest'],
  '@hubex-kit/testing': ['@hubex-kit/simulator', '@jest/globals', 'vitest'],
  '@hubex-kit/sync': ['@hubex-kit/client', '@hubex-kit/receiver', '@hubex-kit/contract', 'cli-progress', 'node:'],
  '@hubex-kit/sdk': ['@hubex-kit/client', '@hubex-kit/receiver', '@hubex-kit/sync', '@hubex-kit/contract'],
  '@hubex-kit/mock-server': [
    '@hubex-kit/simulator',
    '@hubex-kit/contract',
    'commander',
    'express',
    'hucre',
    'cli-progress',
    'pino',
    'undici',
    'yaml',
    'node:',
  ],
  '@hubex-kit/example-receiver-express': ['@hubex-kit/sdk', 'express', 'node:'],
  '@hubex-kit/example-clients': ['@hubex-kit/sdk', '@hubex-kit/mock-server', 'node:'],
  '@hubex-kit/example-client': ['@hubex-kit/sdk', 'node:'],
  '@hubex-kit/example-sync': ['@hubex-kit/sdk', '@hubex-kit/mock-server', 'libsql', 'node:'],
  '@hubex-kit/example-plugin-browser': ['@hubex-kit/sdk', '@hubex-kit/msw', '@hubex-kit/simulator', 'msw'],
  '@hubex-kit/example-tests-jest': ['@hubex-kit/sdk'],
  '@hubex-kit/example-tests-vitest': ['@hubex-kit/sdk'],
  '@hubex-kit/demo': ['@hubex-kit/sdk', 'commander', 'log-update', 'picocolors', 'node:'],
  '@hubex-kit/codegen': ['@faker-js/faker', 'openapi-typescript', 'typescript', 'yaml', 'node:'],
  '@hubex-kit/conformance': [
    '@hubex-kit/contract',
    '@hubex-kit/simulator',
    '@hubex-kit/mock-server',
    '@hubex-kit/msw',
    'msw',
    '@hubex-kit/openapi',
    'ajv',
    'vitest',
    'yaml',
    'node:',
  ],
  '@hubex-kit/repo-checks': ['@hubex-kit/codegen', 'vitest', 'esbuild', 'yaml', 'node:'],
};

/** Packages whose build puts everything else they import into the files they publish; dist/THIRD-PARTY.txt names it. */
const bundles = ['@hubex-kit/mock-server', '@hubex-kit/sync'];

const packages = workspacePackages();

function fits(name: string, entry: string): boolean {
  return entry.endsWith(':') ? name.startsWith(entry) : name === entry || name.startsWith(`${entry}/`);
}

test('the table names exactly the packages there are', () => {
  expect(packages.map(({ name }) => name).sort()).toEqual(Object.keys(allowed).sort());
});

describe.each(packages)('$name', ({ name, folder, isPrivate, dependencies, devDependencies }) => {
  const code = sourceFiles(folder).filter(({ isTest }) => !isTest);

  test('imports only what the plan allows', () => {
    const strays = code.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !(allowed[name] ?? []).some((entry) => fits(imported, entry)))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(strays).toEqual([]);
  });

  test('declares what it imports', () => {
    if (isPrivate && ['@hubex-kit/codegen', '@hubex-kit/conformance', '@hubex-kit/repo-checks'].includes(name)) return; // build-time packages stand on the root's tools
    const used = new Set(code.flatMap(importsOf).filter((imported) => !imported.startsWith('node:')));
    const declared = bundles.includes(name) ? [...dependencies, ...devDependencies] : dependencies;
    const missing = [...used].filter((imported) => !declared.some((entry) => fits(imported, entry)));
    expect(missing).toEqual([]);
  });

  test('depends on no private package when it is published', () => {
    const hidden = packages.filter((other) => other.isPrivate).map((other) => other.name);
    if (!isPrivate) expect(dependencies.filter((dependency) => hidden.includes(dependency))).toEqual([]);
  });
});

test('contract, client, receiver and simulator stand on nothing from outside', () => {
  const core = ['@hubex-kit/contract', '@hubex-kit/client', '@hubex-kit/receiver', '@hubex-kit/simulator'];
  for (const { name, dependencies } of packages.filter((each) => core.includes(each.name))) {
    expect(
      dependencies.filter((dependency) => !dependency.startsWith('@hubex-kit/')),
      name,
    ).toEqual([]);
  }
});

test('the domain of the simulator knows no HTTP word', () => {
  const words = /\b(status(Code)?|header|http|request|response|GET|POST|PUT|DELETE)\b/;
  const found = sourceFiles('packages/simulator')
    .filter(({ path }) => path.includes('/domain/'))
    .flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^']*'|\/\^?http.*\//g, '');
      return words.test(code) ? [path] : [];
    });
  expect(found).toEqual([]);
});

test('frameworks are named only in hosts and adapter files', () => {
  const frameworks = /from '(express|fastify|koa|hono|next|@nestjs\/.*)'/;
  const found = packages
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap(({ folder }) => sourceFiles(folder))
    .filter(({ isTest, text, path }) => !isTest && frameworks.test(text) && !path.includes('/adapters/'))
    .map(({ path }) => path);
  expect(found).toEqual([]);
});
