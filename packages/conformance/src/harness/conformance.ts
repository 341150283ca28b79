import { describe, test } from 'vitest';
import { directTarget } from './direct-target.ts';
import { expressTarget } from './express-target.ts';
import { Hubex } from './hubex.ts';
import { mswTarget } from './msw-target.ts';
import type { Setup } from './target.ts';

/** Registers the test of one or several ledger numbers: the title starts with them. */
export type Behaviour = (title: `B${string}`, run: (hubex: Hubex) => Promise<void>, setup?: Setup) => void;

/** Runs the same behaviours against every target; each gets a HubEx of its own. */
export function conformance(area: string, define: (behaviour: Behaviour) => void): void {
  describe.each([directTarget, expressTarget, mswTarget])(`${area}, $name`, (target) => {
    define((title, run, setup = {}) => {
      test(title, async () => {
        const hubex = await Hubex.start(target, setup);
        try {
          await run(hubex);
        } finally {
          await hubex.stop();
        }
      });
    });
  });
}
