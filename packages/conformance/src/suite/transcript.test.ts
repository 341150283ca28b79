import { describe, expect, test } from 'vitest';
import { Hubex } from '../harness/hubex.ts';
import { targets } from '../harness/targets.ts';

/** A day in small: created, changed, published, deleted, restored, and a receiver that fails now and then. */
async function day(hubex: Hubex): Promise<void> {
  hubex.recorder.answer = ({ text }) => (text.includes('"EventID":43') ? 500 : 204);
  await hubex.hook({ uri: `https://receiver.test/hook` });
  const first = await hubex.create({ name: 'Лифт' });
  const second = await hubex.create({ name: 'Насос' });
  hubex.clock.advance(60_000);
  for (const id of [first, second]) await hubex.expect(202, `PUT /ES/Assets/${id}/publish`);
  await hubex.settled();
  hubex.clock.advance(3_600_000);
  hubex.forgetTokens();
  await hubex.expect(202, `PUT /ES/Assets/${first}/unpublish`);
  await hubex.expect(202, 'DELETE /ES/Assets', [first, second]);
  await hubex.expect(202, 'PUT /ES/Assets/restore', [second]);
  await hubex.settled();
}

// Equal on every target is what makes them one house: the fingerprint is the same text in all of their tests.
describe.each(targets)('transcript, $name', (target) => {
  test('the same calls at the same times make the same events, ids and stamps', async () => {
    const hubex = await Hubex.start(target, {});
    try {
      await day(hubex);
      const { hash, lines } = hubex.control.transcript();
      expect([lines, hash]).toMatchInlineSnapshot(`
        [
          16,
          "92631d5c9fa3b234",
        ]
      `);
    } finally {
      await hubex.stop();
    }
  });
});
