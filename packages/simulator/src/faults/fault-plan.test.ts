import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import { FaultPlan, mostRules } from './fault-plan.ts';
import type { AskedRule } from './fault-rule.ts';

const start = Date.UTC(2026, 2, 2, 8, 15, 40);

function plan(...rules: readonly AskedRule[]): FaultPlan {
  const made = new FaultPlan({ seed: 1, clock: createManualClock(start) });
  for (const rule of rules) made.add(rule);
  return made;
}

const read = { operationId: 'getAsset', method: 'GET', path: '/ES/Assets/105' } as const;
const event = { eventId: 41, assetId: 105, webhookId: 1 };

/** The kinds that each of `count` equal calls takes. */
function kinds(of: FaultPlan, count: number): readonly string[] {
  return Array.from({ length: count }, () =>
    of
      .forRequest(read)
      .map(({ fault }) => fault.kind)
      .join('+'),
  );
}

describe('which calls', () => {
  test('lets some pass, hits the next ones, then recovers', () => {
    const made = plan({ on: 'api', fault: 'internal-error', skip: 2, times: 3 });
    expect(made.list()).toMatchObject([{ state: 'waiting', seen: 0, hits: 0 }]);
    expect(kinds(made, 7)).toEqual(['', '', 'internal-error', 'internal-error', 'internal-error', '', '']);
    expect(made.list()).toMatchObject([{ id: 1, state: 'spent', seen: 5, hits: 3 }]);
  });

  test('hits a share of the calls, the same ones for the same seed', () => {
    const share = (seed: number): readonly string[] => {
      const made = new FaultPlan({ seed, clock: createManualClock(start) });
      made.add({ on: 'api', fault: 'bad-gateway', probability: 0.3 });
      return kinds(made, 1000);
    };
    expect(share(7)).toEqual(share(7));
    expect(share(7)).not.toEqual(share(8));
    const hits = share(7).filter((kind) => kind !== '').length;
    expect(hits).toBeGreaterThan(250);
    expect(hits).toBeLessThan(350);
  });

  test('ends at a time of the clock of the tenant', () => {
    const clock = createManualClock(start);
    const made = new FaultPlan({ seed: 1, clock });
    expect(made.add({ on: 'api', fault: 'unavailable', for: 1000 }).until).toBe('2026-03-02T08:15:41.000Z');
    clock.advance(999);
    expect(kinds(made, 1)).toEqual(['unavailable']);
    clock.advance(1);
    expect(kinds(made, 1)).toEqual(['']);
    expect(made.list()).toMatchObject([{ state: 'over', seen: 1 }]);
  });

  test('rules of one part of a call queue up, rules of different parts add up', () => {
    const made = plan(
      { on: 'api', fault: 'bad-gateway', times: 1 },
      { on: 'api', fault: { kind: 'unavailable' }, times: 1 },
      { on: 'api', fault: 'latency' },
      { on: 'api', fault: 'slow-body', skip: 1 },
    );
    expect(kinds(made, 3)).toEqual(['bad-gateway+latency', 'unavailable+latency+slow-body', 'latency+slow-body']);
  });

  test('a rule does not disturb the chance of another', () => {
    const rule: AskedRule = { on: 'api', fault: 'bad-gateway', probability: 0.5 };
    const alone = kinds(plan(rule), 100);
    const other: AskedRule = { on: 'api', fault: 'slow-body', probability: 0.5 };
    expect(kinds(plan(rule, other), 100).map((kind) => kind.replace(/\+?slow-body/, ''))).toEqual(alone);
  });
});

describe('where', () => {
  test.each<[AskedRule & { on: 'api' }, boolean]>([
    [{ on: 'api', fault: 'forbidden' }, true],
    [{ on: 'api', fault: 'forbidden', where: { operationId: 'getAsset' } }, true],
    [{ on: 'api', fault: 'forbidden', where: { operationId: 'listAssets' } }, false],
    [{ on: 'api', fault: 'forbidden', where: { method: 'GET' } }, true],
    [{ on: 'api', fault: 'forbidden', where: { method: 'POST' } }, false],
    [{ on: 'api', fault: 'forbidden', where: { path: '/es/assets/*/' } }, true],
    [{ on: 'api', fault: 'forbidden', where: { path: '/ES/**' } }, true],
    [{ on: 'api', fault: 'forbidden', where: { path: '/ES/Assets/105/**' } }, true],
    [{ on: 'api', fault: 'forbidden', where: { path: '/ES/Assets' } }, false],
    [{ on: 'api', fault: 'forbidden', where: { path: '/ES/Assets/10' } }, false],
  ])('%j hits a read of an asset: %s', (rule, isHit) => {
    expect(plan(rule).forRequest(read)).toHaveLength(Number(isHit));
  });

  test.each<[AskedRule & { on: 'delivery' }, boolean]>([
    [{ on: 'delivery', fault: 'drop' }, true],
    [{ on: 'delivery', fault: 'drop', where: { eventId: 41, assetId: 105, webhookId: 1 } }, true],
    [{ on: 'delivery', fault: 'drop', where: { eventId: 40 } }, false],
    [{ on: 'delivery', fault: 'drop', where: { assetId: 106 } }, false],
    [{ on: 'delivery', fault: 'drop', where: { webhookId: 2 } }, false],
  ])('%j hits event 41 of asset 105: %s', (rule, isHit) => {
    expect(plan(rule).forDelivery(event)).toHaveLength(Number(isHit));
  });

  test('faults of reads pass writes, faults of fields pass raw bodies, and neither counts them', () => {
    const made = plan({ on: 'api', fault: 'stale-read' }, { on: 'delivery', fault: 'unknown-event' });
    expect(made.forRequest({ ...read, method: 'PUT' })).toEqual([]);
    expect(made.forDelivery({ eventId: null, assetId: null, webhookId: 1 })).toEqual([]);
    expect(made.list()).toMatchObject([{ seen: 0 }, { seen: 0 }]);
  });

  test('what a delivery says is decided once, what the wire does for each attempt', () => {
    const made = plan({ on: 'delivery', fault: 'invalid-json' }, { on: 'delivery', fault: 'silence', times: 1 });
    expect(made.forDelivery(event).map(({ fault }) => fault.kind)).toEqual(['invalid-json']);
    expect([made.forAttempt(event)?.fault.kind, made.forAttempt(event)?.fault.kind]).toEqual(['silence', undefined]);
  });
});

describe('the list of rules', () => {
  test('shows a rule with its standard values, and numbers are not used again', () => {
    const made = plan({ on: 'api', fault: 'rate-limited' });
    expect(made.add({ on: 'delivery', where: { eventId: 40 }, fault: { kind: 'late', others: 3 } })).toEqual({
      id: 2,
      on: 'delivery',
      where: { eventId: 40 },
      fault: { kind: 'late', others: 3, ms: 2000 },
      skip: 0,
      times: null,
      probability: 1,
      until: null,
      seen: 0,
      hits: 0,
    });
    expect([made.remove(2), made.remove(2)]).toEqual([true, false]);
    expect(made.add({ on: 'api', fault: 'forbidden' }).id).toBe(3);
    expect(made.clear()).toBe(2);
    expect([made.list(), kinds(made, 1)]).toEqual([[], ['']]);
  });

  test('has room for a thousand', () => {
    const made = plan(...Array.from({ length: mostRules }, (): AskedRule => ({ on: 'api', fault: 'latency' })));
    expect(() => made.add({ on: 'api', fault: 'latency' })).toThrow(/1000 rules already/);
  });

  test('goes on after saving and loading exactly as it would have gone on', () => {
    const rule = fc.record({
      on: fc.constant('api' as const),
      fault: fc.constantFrom('latency' as const, 'bad-gateway' as const, 'slow-body' as const),
      skip: fc.nat(3),
      times: fc.option(fc.integer({ min: 1, max: 5 })),
      probability: fc.constantFrom(0.3, 0.7, 1),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.nat(10), (rules, before) => {
        const made = plan(...rules);
        kinds(made, before);
        const saved = JSON.parse(JSON.stringify(made.save()));
        const draws = (of: FaultPlan): unknown =>
          Array.from({ length: 10 }, () => of.forRequest(read).map((hit) => [hit.rule, hit.randomness.next()]));
        const rest = draws(made);
        const other = plan({ on: 'api', fault: 'forbidden' });
        other.load(saved);
        expect(draws(other)).toEqual(rest);
        expect(other.list()).toEqual(made.list());
      }),
      { numRuns: 100 },
    );
  });
});

test.each<[unknown, string, RegExp]>([
  ['forbidden', 'rule', /rule must be an object/],
  [{ fault: 'forbidden' }, 'on', /on must be api or delivery; it was left out/],
  [{ on: 'delivry', fault: 'drop' }, 'on', /did you mean delivery/],
  [{ on: 'api', fault: 'forbidden', tims: 3 }, 'tims', /There is no tims; did you mean times/],
  [{ on: 'api' }, 'fault', /fault must be the kind of a fault/],
  [{ on: 'api', fault: 'internal-eror' }, 'fault.kind', /did you mean internal-error/],
  [{ on: 'api', fault: 'toString' }, 'fault.kind', /cannot be "toString"/],
  [{ on: 'api', fault: 'drop' }, 'fault.kind', /cannot be "drop"/],
  [{ on: 'api', fault: { ms: 5 } }, 'fault.kind', /must be one of latency/],
  [{ on: 'api', fault: { kind: 'latency', msec: 5 } }, 'fault.msec', /did you mean ms/],
  [{ on: 'api', fault: { kind: 'forbidden', code: 'x' } }, 'fault.code', /has no parameters/],
  [{ on: 'api', fault: { kind: 'latency', ms: -1 } }, 'fault.ms', /whole number from 0 to 600000; it was -1/],
  [{ on: 'api', fault: { kind: 'latency', ms: null } }, 'fault.ms', /whole number/],
  [{ on: 'api', fault: { kind: 'truncated-body', afterBytes: '5' } }, 'fault.afterBytes', /or null; it was "5"/],
  [{ on: 'api', fault: { kind: 'rate-limited', form: 'dat' } }, 'fault.form', /did you mean date/],
  [{ on: 'api', fault: { kind: 'rate-limited', form: 5 } }, 'fault.form', /one of seconds, date/],
  [{ on: 'api', fault: { kind: 'bad-gateway', carriedOut: 1 } }, 'fault.carriedOut', /true or false/],
  [{ on: 'api', fault: { kind: 'wrong-content-type', contentType: 'a\r\nb: c' } }, 'fault.contentType', /printable/],
  [
    { on: 'api', fault: { kind: 'silence', carriedOut: false, afterBytes: 3 } },
    'fault.afterBytes',
    /never reached HubEx/,
  ],
  [{ on: 'delivery', fault: { kind: 'extra-fields', names: ['A', 'A'] } }, 'fault.names', /different texts/],
  [{ on: 'api', fault: 'latency', where: { operationID: 'x' } }, 'where.operationID', /did you mean operationId/],
  [{ on: 'api', fault: 'latency', where: { operationId: 'getAssets' } }, 'where.operationId', /did you mean getAsset/],
  [{ on: 'api', fault: 'latency', where: { method: 'FETCH' } }, 'where.method', /Known: GET/],
  [{ on: 'api', fault: 'latency', where: { path: 'ES' } }, 'where.path', /path below the base/],
  [{ on: 'api', fault: 'latency', where: { eventId: 40 } }, 'where.eventId', /There is no where.eventId/],
  [{ on: 'delivery', fault: 'drop', where: { eventId: '40' } }, 'where.eventId', /whole number/],
  [{ on: 'delivery', fault: 'drop', where: [] }, 'where', /must be an object/],
  [{ on: 'api', fault: 'latency', skip: 0.5 }, 'skip', /whole number/],
  [{ on: 'api', fault: 'latency', times: 0 }, 'times', /whole number from 1/],
  [{ on: 'api', fault: 'latency', probability: 0 }, 'probability', /above 0, at most 1/],
  [{ on: 'api', fault: 'latency', until: 'tomorrow' }, 'until', /2026-03-02T08:15:40Z/],
  [{ on: 'api', fault: 'latency', until: '2026-03-02T08:15:40Z', for: 5 }, 'for', /one of them/],
])('refuses %j and names %s', (rule, field, message) => {
  const made = plan();
  // What comes over HTTP has no type.
  const add = (): unknown => made.add(rule as AskedRule);
  expect(add).toThrow(message);
  expect(add).toThrow(expect.objectContaining({ code: 'mock/bad-control', field }));
  expect(made.list()).toEqual([]);
});
