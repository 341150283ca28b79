import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { useHubex } from './use-hubex.ts';

let early: unknown;
const hubex = useHubex({ beforeAll, beforeEach, afterAll });
try {
  hubex();
} catch (error) {
  early = error;
}

test.each(['one', 'another'])('each test has HubEx as it was in the beginning (%s)', async () => {
  expect(hubex().deliveries().total).toBe(0);
  hubex().connect(() => new Response(null, { status: 204 }), { events: [41] });
  hubex().emit({ eventId: 41, assetId: 101 });
  await hubex().settled();
  expect(hubex().deliveries()).toMatchObject({ total: 1, items: [{ eventId: 41, state: 'delivered' }] });
});

test('asking while the file is read says what to do', () => {
  expect(String(early)).toMatch(/call hubex\(\) in a test/);
});

test('the runner of Node takes it as it is', async () => {
  const file = join(import.meta.dirname, '../proof/node-test.ts');
  const flags = ['--import', 'tsx', '--conditions=@hubex-kit/source', '--test', file];
  // Inside of one runner another one would think it is its child.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, flags, { env });
  expect(stdout).toMatch(/pass 2\n.*fail 0/s);
});
