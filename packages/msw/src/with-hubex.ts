import type { TestAPI } from 'vitest';
import { type HubexHost, prepareHubex, type TestHubex, type TestHubexOptions } from './test-hubex.ts';

export type { ConnectOptions, TestHubex, TestHubexOptions } from './test-hubex.ts';

/**
 * Gives each test of vitest a HubEx of its own; also those that run at the same time.
 * @example
 * const it = withHubex(test);
 * it('…', async ({ hubex }) => { hubex.connect(receiver); hubex.emit({ eventId: 40, assetId: 101 }); await hubex.settled(); });
 */
export function withHubex<Context>(
  test: TestAPI<Context>,
  options: TestHubexOptions = {},
): TestAPI<Context & { readonly hubex: TestHubex }> {
  const host = prepareHubex(options);
  const extended = test.extend({
    hubexHost: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
      async ({}, use: (host: HubexHost) => Promise<void>) => {
        host.listen();
        await use(host);
        await host.close();
      },
      { scope: 'file' },
    ],
    async hubex(
      { hubexHost, task }: { hubexHost: HubexHost; task: { readonly fullTestName?: string; readonly name: string } },
      use: (hubex: TestHubex) => Promise<void>,
    ) {
      const hubex = await hubexHost.open(task.fullTestName ?? task.name);
      await use(hubex);
      await hubexHost.leave(hubex);
    },
  } as never); // vitest's types of fixtures cannot follow a context that is a parameter
  return extended as TestAPI<Context & { readonly hubex: TestHubex }>;
}
