#!/usr/bin/env node
import { run } from './run.ts';

const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort());
const { env: environment, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { environment, stdout, stderr, signal: stopped.signal });
