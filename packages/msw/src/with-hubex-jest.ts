import { afterAll } from '@jest/globals';
import { prepareHubex, type TestHubex, type TestHubexOptions } from './test-hubex.ts';

export type { ConnectOptions, TestHubex, TestHubexOptions } from './test-hubex.ts';

type Declare<Run> = (name: string, run: Run, timeout?: number) => void;

/** What is needed of jest's `test`; that of @types/jest and of @jest/globals fits. */
export interface JestTest extends Declare<() => Promise<void>> {
  readonly concurrent: Declare<() => Promise<void>>;
  readonly only: Declare<() => Promise<void>>;
  readonly skip: Declare<() => Promise<void>>;
}

/** A test with HubEx in it; not more than these four, so a table of cases is a loop. */
export interface HubexTest extends Declare<HubexRun> {
  /** Runs at the same time as the other concurrent ones of the file: each has a tenant of its own. */
  readonly concurrent: Declare<HubexRun>;
  readonly only: Declare<HubexRun>;
  readonly skip: Declare<HubexRun>;
}

/** The body of a test. */
export type HubexRun = (context: { readonly hubex: TestHubex }) => unknown;

/**
 * Gives each test of jest a HubEx of its own; also those of `concurrent`.
 * @example
 * const it = withHubex(test);
 * it('…', async ({ hubex }) => { hubex.connect(receiver); hubex.emit({ eventId: 40, assetId: 101 }); await hubex.settled(); });
 */
export function withHubex(test: JestTest, options: TestHubexOptions = {}): HubexTest {
  const host = prepareHubex(options);
  const names = new Map<string, number>();
  let isListening = false;
  afterAll(() => host.close());

  /** Jest does not say in which `describe` a test stands, so that names may come twice. */
  const unique = (name: string): string => {
    const times = names.get(name) ?? 0;
    names.set(name, times + 1);
    return times === 0 ? name : `${name} (${times + 1})`;
  };
  const given =
    (declare: Declare<() => Promise<void>>): Declare<HubexRun> =>
    (name, run, timeout) => {
      const tenant = unique(name);
      declare(
        name,
        async () => {
          // In the first test rather than in a hook: a file that only skips them changes nothing.
          if (!isListening) host.listen();
          isListening = true;
          const hubex = await host.open(tenant);
          try {
            await run({ hubex });
          } finally {
            await host.leave(hubex);
          }
        },
        timeout,
      );
    };
  return Object.assign(given(test), {
    concurrent: given(test.concurrent),
    only: given(test.only),
    skip: given(test.skip),
  });
}
