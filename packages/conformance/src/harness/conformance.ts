import { describe, test } from 'vitest';
import { Hubex } from './hubex.ts';
import type { Setup } from './target.ts';
import { targets } from './targets.ts';

/** Registers the test of one or several ledger numbers: the title starts with them. */
export type Behaviour = (title: `B${string}`, run: (hubex: Hubex) => Promise<void>, setup?: Setup) => void;

/** Runs the same behaviours against every target; each gets a HubEx of its own. */
export function conformance(area: string, define: (behaviour: Behaviour) => void): void {
  describe.each(targets)(`${area}, $name`, (target) => {
    define((title, run, setup = {}) => {
      if (Object.keys(target.unseen ?? {}).some((number) => title.includes(number))) return;
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
