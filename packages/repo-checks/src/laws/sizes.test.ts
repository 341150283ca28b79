import { expect, test } from 'vitest';
import { sizeOf } from './size-of.ts';

test.each([
  // An edge function that only forwards: less than the response headers of many servers.
  ['understanding a delivery', "export { parseDelivery } from '@hubex-kit/receiver/parse'", 300],
  // What a hand-written receiver comes to (919) and the quarantine on top.
  ['receiving: secret, parsing, storing, answering', "export * from '@hubex-kit/receiver/core'", 1_000],
  // About openapi-fetch (2,361), which only calls: an edge function can afford what keeps a copy right.
  [
    'keeping a copy: receiving, dirty keys, resolver, memory inbox',
    "export * from '@hubex-kit/receiver/core'; export { createDirtyKeys, createMemoryInbox, createResolver } from '@hubex-kit/sync/core'",
    2_500,
  ],
])('%s stays within its ceiling', async (_, code, ceiling) => {
  expect(await sizeOf(code)).toBeLessThanOrEqual(ceiling);
});
