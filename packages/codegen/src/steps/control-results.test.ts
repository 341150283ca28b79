import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { generateControlResults } from './control-results.ts';

test('is made of the generated files of the same run, not of those on the disk', () => {
  const path = 'packages/simulator/src/generated/switches.ts';
  const switches = readFileSync(join(root, path), 'utf8');
  const next = switches.replace(
    'export interface Switches {',
    '$&\n  /** B999: Pigs fly. */\n  readonly pigsFly: boolean;',
  );
  expect(generateControlResults(new Map([[path, next]]))).toContain('pigsFly: about("B999: Pigs fly.", flag)');
});
