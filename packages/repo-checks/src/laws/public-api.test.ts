import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { root, workspacePackages } from './packages.ts';

// It refuses to be imported anywhere but under jest.
vi.mock('@jest/globals', () => ({ afterAll: () => undefined, expect: { extend: () => undefined } }));

const published = workspacePackages().filter(({ isPrivate }) => !isPrivate);

/** The run-time names of each entry of a package; and the types it lists. */
async function surface(folder: string, exports: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [subpath, conditions] of Object.entries(exports)) {
    if (typeof conditions !== 'object' || conditions === null || !('@hubex-kit/source' in conditions)) continue;
    const entry = join(root, folder, String(conditions['@hubex-kit/source']));
    const names = Object.keys(await import(entry)).sort();
    const lists = [...readFileSync(entry, 'utf8').matchAll(/export (type )?\{([^}]*)\}/g)];
    const types = lists.flatMap(([, isType, list = '']) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && (isType !== undefined || name.startsWith('type ')))
        .map((name) => name.replace(/^type /, '')),
    );
    found[subpath] = { names, types: types.sort() };
  }
  return found;
}

test.each(published)('the public names of $name are as reviewed', async ({ folder, exports }) => {
  expect(await surface(folder, exports)).toMatchSnapshot();
});
