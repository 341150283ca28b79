import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const ledger: readonly { id: string; switch?: { name: string } }[] = parse(
  readFileSync(createRequire(import.meta.url).resolve('@hubex-kit/openapi/behaviours.yaml'), 'utf8'),
).behaviours;

const source = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

const titles = [...source.matchAll(/behaviour\(\s*'([^']+)'/g)].map(([, title = '']) => title);
const cited = new Set(titles.flatMap((title) => title.match(/\bB\d{3}\b/g) ?? []));

test('every ledger number has a test', () => {
  expect(ledger.map(({ id }) => id).filter((id) => !cited.has(id))).toEqual([]);
});

test('every test cites a number the ledger has', () => {
  const known = new Set(ledger.map(({ id }) => id));
  expect(titles.filter((title) => !/^B\d{3} /.test(title))).toEqual([]);
  expect([...cited].filter((id) => !known.has(id))).toEqual([]);
});

test('every switch of the ledger is turned in a test', () => {
  const names = ledger.flatMap((behaviour) => behaviour.switch?.name ?? []);
  expect(names.filter((name) => !source.includes(`${name}:`))).toEqual([]);
});
