import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { groups } from './check.ts';
import { checkTable } from './check-table.ts';
import { pickChecks } from './pick-checks.ts';

const root = join(import.meta.dirname, '../../../..');

test('every check has an id of its own that is no group, and says what, why and how', () => {
  const ids = checkTable.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, title, why, fix, group } of checkTable) {
    expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    if (Object.hasOwn(groups, id)) expect([id, group]).toEqual(['storm', 'storm']);
    expect(title).toMatch(/^[a-z]/);
    expect(`${why} ${fix}`).toMatch(/^[A-Z].*\.\)? [A-Z].*[.)]$/s);
  }
});

test('the behaviours it stands on are in the ledger', () => {
  const ledger = readFileSync(join(root, 'openapi/behaviours.yaml'), 'utf8');
  const known = new Set([...ledger.matchAll(/- id: (B\d{3})/g)].map(([, id]) => id));
  expect(checkTable.flatMap(({ ledger: cited }) => cited).filter((number) => !known.has(number))).toEqual([]);
});

test.each(['en', 'ru'])('the page in %s lists the checks, each with its severity, in this order', (language) => {
  const page = readFileSync(join(root, `docs/${language}/mock/check.md`), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (must|should|info) \|/gm)].map(
    ([, id, severity]) => `${id} ${severity}`,
  );
  expect(rows).toEqual(checkTable.map(({ id, severity }) => `${id} ${severity}`));
});

test('checks are picked by id and by group, in the order of the table', () => {
  const ids = (only: string[], skip: string[] = []): string[] =>
    pickChecks(checkTable, { only, skip }).map(({ id }) => id);
  expect(ids([])).toHaveLength(checkTable.length);
  expect(ids(['bom', 'event-40'])).toEqual(['event-40', 'bom']);
  expect(ids(['storm'])).toEqual(['storm', 'storm-pace', 'still-there']);
  expect(ids(['storm'], ['storm-pace'])).toEqual(['storm', 'still-there']);
  expect(() => ids(['junk-txt'])).toThrow('did you mean junk-text?');
});
