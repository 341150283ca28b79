import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, workspacePackages } from './packages.ts';

const published = workspacePackages().filter(({ isPrivate }) => !isPrivate);

/** The run-time names of each entry of a package; its types are named by the built declarations. */
async function surface(folder: string, exports: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [subpath, conditions] of Object.entries(exports)) {
    if (typeof conditions !== 'object' || conditions === null || !('@hubex-kit/source' in conditions)) continue;
    const entry = join(root, folder, String(conditions['@hubex-kit/source']));
    const names = Object.keys(await import(entry)).sort();
    const types = [...readFileSync(entry, 'utf8').matchAll(/\btype (\w+)/g)].flatMap(([, name]) => name ?? []).sort();
    found[subpath] = { names, types };
  }
  return found;
}

test.each(published)('the public names of $name are as reviewed', async ({ folder, exports }) => {
  expect(await surface(folder, exports)).toMatchSnapshot();
});
