import { parseArgs } from 'node:util';
import { look } from './look.ts';

const help = `Asks a real HubEx which behaviours of the ledger it shows. Reads only; about 40 calls, one a second.

  HUBEX_SERVICE_TOKEN=… npm run conformance:live            a table
  HUBEX_SERVICE_TOKEN=… npm run conformance:live -- --json  one document, to be sent to us

HUBEX_API_URL names another base address (default https://api.hubex.ru/fsm). The report holds statuses, counts and names of fields, and
nothing of the tenant. Exit codes: 0 nothing is contradicted, 1 something is, 2 wrong use, 3 HubEx gave no token.
`;

/** Returns the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const { HUBEX_SERVICE_TOKEN: serviceToken, HUBEX_API_URL: baseUrl = 'https://api.hubex.ru/fsm' } = process.env;
  if (!serviceToken) {
    process.stderr.write(`HUBEX_SERVICE_TOKEN is not set.\n\n${help}`);
    return 2;
  }
  const isTold = process.stderr.isTTY && !values.json;
  const onProgress = (done: number, all: number): void =>
    void (isTold && process.stderr.write(`\r  ${done} of ${all} `));
  const rows = await look({ serviceToken, baseUrl: baseUrl.replace(/\/+$/, ''), onProgress });
  if (isTold) process.stderr.write('\r');
  if (values.json) process.stdout.write(`${JSON.stringify({ baseUrl, rows }, null, 2)}\n`);
  else
    for (const { numbers, verdict, seen } of rows)
      process.stdout.write(`${numbers.join(' ').padEnd(15)} ${verdict.padEnd(13)} ${seen}\n`);
  return rows.some(({ verdict }) => verdict === 'contradicted') ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  return message.includes('no token') ? 3 : 2;
});
