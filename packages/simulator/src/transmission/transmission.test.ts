import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Transmission, transmissionSteps } from './transmission.ts';

const bytes = fc.nat(500);
const transmission: fc.Arbitrary<Transmission> = fc.oneof(
  fc.record({ kind: fc.constantFrom('reset' as const, 'silence' as const), afterBytes: fc.option(bytes) }),
  fc.record({ kind: fc.constant('cut' as const), afterBytes: bytes }),
  fc.record({ kind: fc.constant('slow' as const), bytesPerSecond: fc.integer({ min: 1, max: 100_000 }) }),
  fc.constant({ kind: 'chunked' as const }),
);

test('pieces follow each other from the first byte, and only an ordinary end sends all of them', () => {
  fc.assert(
    fc.property(bytes, transmission, (length, how) => {
      const { pieces, ending, head } = transmissionSteps(length, how);
      let sent = 0;
      for (const { from, till } of pieces) {
        expect([from, till > from]).toEqual([sent, true]);
        sent = till;
      }
      expect(sent).toBeLessThanOrEqual(length);
      if (ending === 'end') expect(sent).toBe(length);
      if (ending === 'cut' && length > 0) expect(sent).toBeLessThan(length);
      if (!head) expect(sent).toBe(0);
    }),
  );
});

test('a slow body takes as long as its rate says, and never more than a second between two pieces', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 100_000 }), (length, bytesPerSecond) => {
      const { pieces } = transmissionSteps(length, { kind: 'slow', bytesPerSecond });
      const total = pieces.reduce((sum, { waitMs }) => sum + waitMs, 0);
      for (const { waitMs } of pieces) expect(waitMs).toBeLessThanOrEqual(1000);
      expect(total).toBeGreaterThanOrEqual((length * 1000) / bytesPerSecond - 1e-6);
      expect(total).toBeLessThanOrEqual((length * 1000) / bytesPerSecond + 1000);
    }),
  );
});
