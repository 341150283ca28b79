import { expect, test } from 'vitest';
import { runCase } from '../proof/convergence.ts';

// The proof proper runs 10,000 cases: `npm run prove -- integrator`.
test.each([1, 2, 3, 4])(
  'the mirror equals the API after duplicates, reordering, loss, crashes and outages (fifty cases, part %i)',
  async (part) => {
    const seeds = Array.from({ length: 50 }, (_, index) => (part - 1) * 50 + index + 1);
    const totals = { crashes: 0, outages: 0, lost: 0 };
    for (const seed of seeds) {
      const result = await runCase(seed);
      expect(result).toMatchObject({ seed, wrong: [] });
      totals.crashes += result.crashes;
      totals.outages += result.outages;
      totals.lost += result.lost;
    }
    // The cases are as hard as they are meant to be.
    expect(Math.min(totals.crashes, totals.outages, totals.lost)).toBeGreaterThan(10);
  },
);

// A comparison that met an asset under way with a state from before a change nobody was told of.
test.each([1096, 1328, 4622, 5951])('the mirror equals the API in case %i, which once went wrong', async (seed) => {
  expect(await runCase(seed)).toMatchObject({ wrong: [] });
});
