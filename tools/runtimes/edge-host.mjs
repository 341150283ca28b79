// Starts the bundle inside edge-runtime, which is a library of Node and not a program: node edge-host.mjs <bundle>
import { readFileSync } from 'node:fs';
import { EdgeRuntime } from 'edge-runtime';

const runtime = new EdgeRuntime({ initialCode: readFileSync(process.argv[2], 'utf8') });
const report = await runtime.evaluate('corpus.check()');
process.stdout.write(`${JSON.stringify(report)}\n`);
