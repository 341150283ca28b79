// Keeps what `hubex-mock --help` prints beside the bundle, so that showing it loads nothing.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../dist');
const text = execFileSync(process.execPath, [join(folder, 'cli.js'), '--help'], { encoding: 'utf8' });
if (!text.startsWith('Usage: hubex-mock')) throw new Error(`--help printed something else: ${text.slice(0, 200)}`);
writeFileSync(join(folder, 'help.txt'), text);
