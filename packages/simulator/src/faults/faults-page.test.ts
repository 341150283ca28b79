import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSimulator } from '../simulator.ts';
import { apiFaults } from './api-faults.ts';
import type { FaultDeclaration } from './declaration.ts';
import { deliveryFaults } from './delivery-faults.ts';

const page = (language: string): string =>
  readFileSync(join(import.meta.dirname, '../../../../docs', language, 'mock/faults.md'), 'utf8');

/** The rows of a table: kind, part and parameters. */
function rows(text: string, mark: string): readonly string[] {
  const [, table = ''] = text.split(`<!-- ${mark} -->\n`);
  const lines = table.split('\n\n', 1)[0]?.split('\n').slice(2) ?? [];
  return lines.map((line) => line.split(' | ').slice(0, 3).join(' | '));
}

test.each(['en', 'ru'])('the page in %s has every fault with its part and parameters', (language) => {
  const tables: [string, Readonly<Record<string, FaultDeclaration>>][] = [
    ['faults of the api', apiFaults],
    ['faults of deliveries', deliveryFaults],
  ];
  for (const [mark, faults] of tables) {
    const shown = rows(page(language), mark);
    expect(shown.map((row) => /^\| `([a-z-]+)`/.exec(row)?.[1])).toEqual(Object.keys(faults));
    for (const [index, [kind, { part, parameters }]] of Object.entries(faults).entries()) {
      const row = shown[index] ?? '';
      expect(row).toContain(`| \`${kind}\` | ${part} |`);
      const named = [...(row.split(' | ')[2] ?? '').matchAll(/`(\w+)`:? ?([\w/]*)/g)].map(([, name, standard]) => [
        name,
        standard,
      ]);
      for (const [name, parameter] of Object.entries(parameters)) {
        const standard = named.find(([known]) => known === name)?.[1];
        expect(standard, `${kind}.${name}`).toBeDefined();
        if (parameter.type !== 'texts' && name !== 'as' && name !== 'style')
          expect(String(parameter.standard), `${kind}.${name}`).toMatch(new RegExp(`^${standard}`));
      }
      expect(named.length, kind).toBe(Object.keys(parameters).length);
    }
  }
});

test('every rule of the page is one that is taken, and each fault has one', () => {
  const { addFault } = createSimulator({ assets: 1 }).control;
  const rules = [...page('en').matchAll(/'(\{"on":.*\})'/g)].map(([, text = '']) => addFault(JSON.parse(text)));
  const shown = new Set(rules.map(({ on, fault }) => `${on} ${fault.kind}`));
  const known = [
    ...Object.keys(apiFaults).map((kind) => `api ${kind}`),
    ...Object.keys(deliveryFaults).map((kind) => `delivery ${kind}`),
  ];
  expect([...shown].sort()).toEqual(known.sort());
});
