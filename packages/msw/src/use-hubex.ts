import { prepareHubex, type TestHubex, type TestHubexOptions } from './test-hubex.ts';

export type { ConnectOptions, TestHubex, TestHubexOptions } from './test-hubex.ts';

type Hook = (run: () => Promise<void>) => unknown;

/** The hooks of your test runner: jest's, vitest's, or `before`, `after` of node:test and mocha under these names. */
export interface RunnerHooks {
  readonly beforeAll: Hook;
  readonly beforeEach: Hook;
  readonly afterAll: Hook;
}

/**
 * HubEx for tests that run one after the other, with any runner. Returns what gives the HubEx of the running test.
 * @example
 * const hubex = useHubex({ beforeAll, beforeEach, afterAll });
 * test('…', async () => { hubex().emit({ eventId: 40, assetId: 101 }); await hubex().settled(); });
 */
export function useHubex(hooks: RunnerHooks, options: TestHubexOptions = {}): () => TestHubex {
  const host = prepareHubex(options);
  let current: TestHubex | undefined;
  hooks.beforeAll(async () => {
    host.listen();
  });
  hooks.beforeEach(async () => {
    current?.server.resetHandlers();
    current = await host.open('one after the other');
  });
  hooks.afterAll(async () => {
    await host.close();
  });
  return () => {
    if (current) return current;
    throw new Error(
      'HubEx starts with the first test: call hubex() in a test or in its beforeEach, not while the file is read.',
    );
  };
}
