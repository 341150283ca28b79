import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configSchema } from './config-schema.ts';

test('the committed schema is made of the settings there are', () => {
  const file = join(import.meta.dirname, '../../hubex-mock.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configSchema());
});
