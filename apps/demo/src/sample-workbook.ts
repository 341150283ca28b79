import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The workbook with 300 assets that comes with the mock server. */
export function sampleWorkbook(): Buffer {
  const folder = join(createRequire(import.meta.url).resolve('@hubex-kit/mock-server/package.json'), '..');
  return readFileSync(join(folder, 'samples/assets-300.xlsx'));
}
