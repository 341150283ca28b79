import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { functions } from '../../proof/functions.ts';
import { hosts } from '../../proof/hosts.ts';
import type { OpenPlace, Place } from '../../proof/place.ts';
import { type Shape, shapes } from '../../proof/shapes.ts';
import { createStage, type Play } from '../../proof/stage.ts';

const { setTimeout } = globalThis;
let areLongTimersShort = false;
let fired = 0;

// Every answer has to come although no timer of a second or more ever fires: nothing of ours waits for one. Bodies may take a minute
// here and handlers three seconds, so what depends on such a limit hangs and fails, on a busy machine as on an idle one.
beforeAll(() => {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((callback: () => void, ms = 0) => {
    if (ms < 1000) return setTimeout(callback, ms);
    const fire = (): void => {
      fired++;
      callback();
    };
    return areLongTimersShort ? setTimeout(fire, 1) : setTimeout(() => undefined, 2 ** 30).unref();
  }) as typeof setTimeout);
});

afterAll(() => vi.restoreAllMocks());

/** How many requests a shape stands for. */
const requests: Partial<Record<NonNullable<Shape['way']>, number>> = { 'kept alive': 2, pipelined: 3, 'at once': 20 };

test('there are more than a hundred shapes, no two of one name', () => {
  expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
  expect(shapes.length).toBeGreaterThan(100);
});

describe.each([...hosts, ...functions])('$name', (place) => {
  const stage = createStage();
  const asked = shapes.filter(({ way = 'one' }) => place.ways?.includes(way) ?? true);
  let open: OpenPlace;

  beforeAll(async () => {
    open = await place.open(stage.front);
  });

  afterAll(() => open.close());

  test('has exceptions only to shapes that it is asked, each with its reason', () => {
    expect(asked.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(place.exceptions)));
    for (const { name, status, verdict } of asked) {
      const { why, waits, ...differs } = place.exceptions[name] ?? { why: 'none', waits: true };
      expect(why).not.toBe('');
      if (!waits) expect({ status, verdict, ...differs }).not.toEqual({ status, verdict });
    }
  });

  test.each(asked)('$name: $status', async (shape) => {
    const exception = place.exceptions[shape.name];
    const { status, verdict } = { ...shape, ...exception };
    areLongTimersShort = exception?.waits ?? false;
    fired = 0;
    const play = stage.play(shape);
    const count = requests[shape.way ?? 'one'] ?? 1;
    const { statuses } = await open.ask(shape, { status, isOurs: verdict !== null });
    expect(statuses).toEqual(status === 0 ? [] : Array(count).fill(status));
    expect(fired > 0).toBe(areLongTimersShort);
    if (verdict === null) return expectUnseen(play, { open, status });
    expect((await play.decided(count)).map((answer) => answer.verdict)).toEqual(Array(count).fill(verdict));
    if (shape.fault !== 'handler never ends') await play.receiver.idle();
    expectKept(play, { place, shape, verdict, count });
  });
});

/** The receiver cannot have seen a request if it has not when a later one is answered. */
async function expectUnseen(play: Play, { open, status }: { open: OpenPlace; status: number }): Promise<void> {
  const [ordinary = expect.unreachable()] = shapes;
  const later = status === 0 ? await open.ask(ordinary, { status: ordinary.status, isOurs: true }) : undefined;
  expect(await play.decided(0)).toHaveLength(later ? 1 : 0);
  expect(later?.statuses ?? []).toEqual(later ? [204] : []);
}

interface Outcome {
  readonly place: Place;
  readonly shape: Shape;
  readonly verdict: Shape['verdict'];
  readonly count: number;
}

/** What was acknowledged is in the inbox, as it was sent; what was not, is not. */
function expectKept({ kept, handled }: Play, { place, shape, verdict, count }: Outcome): void {
  const [entry] = kept;
  expect(kept).toHaveLength(verdict === 'stored' || verdict === 'quarantined' ? count : 0);
  expect(handled).toHaveLength(verdict === 'stored' ? count : 0);
  if (verdict === 'stored') {
    expect(kept.map(({ kind }) => kind)).toEqual(Array(count).fill('event'));
    const isPlain = typeof shape.body === 'string';
    if (isPlain && entry?.kind === 'event') expect(entry.event.payload).toEqual(JSON.parse(String(shape.body).trim()));
  }
  if (verdict === 'quarantined' && entry?.kind === 'junk') {
    expect(entry.reason).not.toBe('');
    if (typeof shape.body === 'string' && !place.parsesFirst) expect(entry.text).toBe(shape.body);
  }
}
