// Writes hubex-mock.schema.json, the shape of the file that `hubex-mock serve --config` reads.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../src/cli/config-schema.ts';

writeFileSync(join(import.meta.dirname, '../hubex-mock.schema.json'), `${JSON.stringify(configSchema(), null, 2)}\n`);
