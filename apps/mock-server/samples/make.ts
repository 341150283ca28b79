import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workbooks } from '../src/workbooks.ts';
import { sampleSheet } from './sample-assets.ts';

// npm run samples -w @hubex-kit/mock-server
const bytes = await workbooks.write([sampleSheet()], { modified: Date.UTC(2026, 2, 2) });
writeFileSync(join(import.meta.dirname, 'assets-300.xlsx'), bytes);
