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
  // Half as much again as openapi-fetch (2,294), which brings neither tokens nor time limits nor errors.
  ['calling HubEx', "export { createCaller, isHubexError, HubexError, getAsset } from '@hubex-kit/client/core'", 2_800],
  // Less than ky alone (4,537 in its smaller version), with the limiter and the gapless lists that HubEx makes necessary.
  [
    'calling HubEx with repetitions, deadline, limiter and paging',
    "export { createCaller, isHubexError, HubexError, getAsset, listAssets, repeating, limited, createRateLimiter, walk } from '@hubex-kit/client/core'",
    4_500,
  ],
  // All of that with the route of every operation (880), the groups of methods with workbooks, and every option checked by name and value.
  ['the whole client', "export { createHubexClient, isHubexError } from '@hubex-kit/client'", 8_200],
])('%s stays within its ceiling', async (_, code, ceiling) => {
  expect(await sizeOf(code)).toBeLessThanOrEqual(ceiling);
});
