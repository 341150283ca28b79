import { functions } from './functions.ts';
import { hosts } from './hosts.ts';
import type { Place } from './place.ts';
import { shapes } from './shapes.ts';
import { createStage } from './stage.ts';

// How long every shape waits for its answer in every place, from its last byte on, and how many are never answered:
// npx tsx --conditions=@hubex-kit/source packages/receiver/proof/answer-times.ts [rounds]
// Ends with one line of JSON. Server and sender share the process, so what the sender does counts as well.
const rounds = Number(process.argv[2] ?? 5);
// Express says on the console what its parsers refuse, unless it is told that this is a test.
process.env.NODE_ENV = 'test';

interface Times {
  readonly place: string;
  readonly asked: number;
  readonly hangs: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** The shape whose median is the highest. */
  readonly slowestMs: number;
  readonly slowest: string;
}

const round = (value = 0): number => Math.round(value * 10) / 10;

async function measure(place: Place): Promise<Times> {
  const stage = createStage();
  const open = await place.open(stage.front);
  const asked = shapes.filter(({ name, way = 'one' }) => {
    const { status, waits } = place.exceptions[name] ?? {};
    // Left out: what nobody answers, since something in front waits, and what a function answers when its handlers are done.
    return (place.ways?.includes(way) ?? true) && status !== 0 && !waits;
  });
  const times = new Map<string, number[]>(asked.map(({ name }) => [name, []]));
  let hangs = 0;
  // The first round finds everything cold and is not counted.
  for (let turn = 0; turn <= rounds; turn++) {
    for (const shape of asked) {
      const { status, verdict } = { ...shape, ...place.exceptions[shape.name] };
      stage.play(shape);
      try {
        const { waitedMs } = await open.ask(shape, { status, isOurs: verdict !== null });
        if (turn > 0) times.get(shape.name)?.push(waitedMs);
      } catch {
        hangs++;
      }
    }
  }
  await open.close();
  const all = [...times.values()].flat().sort((a, b) => a - b);
  const medians = [...times].map(([name, each]) => [each.sort((a, b) => a - b)[each.length >> 1] ?? 0, name] as const);
  const [slowestMs, slowest] = medians.reduce((a, b) => (b[0] > a[0] ? b : a));
  return {
    ...{ place: place.name, asked: asked.length, hangs, slowestMs: round(slowestMs), slowest },
    ...{ p99Ms: round(all[Math.floor(all.length * 0.99)]), maxMs: round(all.at(-1)) },
  };
}

const table: Times[] = [];
for (const place of [...hosts, ...functions]) {
  const times = await measure(place);
  table.push(times);
  process.stderr.write(
    `${times.place}: p99 ${times.p99Ms} ms, longest ${times.maxMs} ms; ${times.slowest}: ${times.slowestMs} ms\n`,
  );
}
const worst = table.reduce((a, b) => (b.slowestMs > a.slowestMs ? b : a));
const figures = {
  adapters: table.length,
  shapes: shapes.length,
  rounds,
  hangs: table.reduce((sum, { hangs }) => sum + hangs, 0),
  p99Ms: Math.max(...table.map(({ p99Ms }) => p99Ms)),
  maxMs: Math.max(...table.map(({ maxMs }) => maxMs)),
  slowestMs: worst.slowestMs,
  slowest: `${worst.slowest}, ${worst.place}`,
  places: table,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
// Handlers that never end are part of it.
process.exit(figures.hangs > 0 ? 1 : 0);
