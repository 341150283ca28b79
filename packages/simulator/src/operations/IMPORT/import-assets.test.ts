import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../clock.ts';
import { createSimulator, type Simulator } from '../../simulator.ts';
import type { CellValue, Sheet, Workbooks } from '../../workbooks.ts';

/** A format of JSON: the simulator knows no other than what it is given. */
const json: Workbooks = {
  async read(bytes, { sheet }) {
    const sheets: readonly Sheet[] = JSON.parse(new TextDecoder().decode(bytes));
    return { kind: 'read', sheet: sheets.find(({ name }) => name === sheet), application: null };
  },
  write: async (sheets) => new TextEncoder().encode(JSON.stringify(sheets)),
};

interface World {
  readonly sim: Simulator;
  readonly clock: ManualClock;
  /** Sends as the tenant of a service token and returns status and text. */
  send(
    what: string,
    options?: { token?: string; body?: Uint8Array; type?: string },
  ): Promise<{ status: number; text: string }>;
}

function createWorld(options: Parameters<typeof createSimulator>[0] = {}): World {
  const clock = createManualClock(0);
  const sim = createSimulator({ assets: 20, workbooks: json, clock, ...options });
  const jwts = new Map<string, string>();
  const handle = async (what: string, headers: Record<string, string>, body?: Uint8Array) => {
    const [method = '', path = ''] = what.split(' ');
    const [pathname = '', query = ''] = path.split('?');
    const reply = await sim.handle({ method, path: pathname, query, headers, body });
    const { status } = reply;
    return { status, text: typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body) };
  };
  return {
    sim,
    clock,
    async send(what, { token = 'demo-service-token', body, type = 'application/json' } = {}) {
      if (!jwts.has(token)) {
        const credential = new TextEncoder().encode(JSON.stringify({ serviceToken: token }));
        const { text } = await handle('POST /AUTHZ/AccessTokens', { 'content-type': 'application/json' }, credential);
        jwts.set(token, JSON.parse(text).access_token);
      }
      const headers = { authorization: `Bearer ${jwts.get(token)}`, 'x-application-id': '5', 'content-type': type };
      return handle(what, headers, body);
    },
  };
}

const columns = ['Название', 'Компания', 'Тип', 'Родительский элемент', 'Участок', 'Адрес'];

async function upload(world: World, rows: readonly (readonly CellValue[])[], token?: string) {
  const file = await json.write([{ name: 'Объекты и оборудование', rows: [[], [], columns, ...rows] }], {
    modified: 0,
  });
  const head = '--b\r\nContent-Disposition: form-data; name=File; filename=a.xlsx\r\n\r\n';
  const body = new TextEncoder().encode(`${head}${new TextDecoder().decode(file)}\r\n--b--\r\n`);
  return world.send('POST /IMPORT/Assets', {
    ...(token === undefined ? {} : { token }),
    body,
    type: 'multipart/form-data; boundary=b',
  });
}

async function assetsOf(
  world: World,
  token?: string,
): Promise<readonly { id: number; name: string; parentID?: number }[]> {
  const { text } = await world.send('GET /ES/Assets', token === undefined ? {} : { token });
  return Object.values(JSON.parse(text));
}

describe('without workbooks', () => {
  test.each(['POST /IMPORT/Assets', 'GET /EXPORT/Assets'])('%s says what to pass', async (what) => {
    const world = createWorld({ workbooks: undefined });
    const { status, text } = what.startsWith('POST') ? await upload(world, []) : await world.send(what);
    expect([status, JSON.parse(text)[0].message]).toEqual([
      501,
      expect.stringContaining('createSimulator({ workbooks })'),
    ]);
  });
});

test('an import into one tenant leaves the others as they were', async () => {
  const world = createWorld();
  const row = ['Чиллер', 'АО «Новое»', 'Чиллер', null, 'Новый участок', 'г. Тверь'];
  const before = await assetsOf(world, 'other');
  expect((await upload(world, [row], 'mine')).status).toBe(202);
  world.clock.advance(50);
  expect(await assetsOf(world, 'mine')).toHaveLength(21);
  expect(await assetsOf(world, 'other')).toEqual(before);
  // Both get the next free id: what one has created the other does not know.
  expect((await upload(world, [['Лифт', 'ООО «Другое»', 'Чиллер']], 'other')).status).toBe(202);
  world.clock.advance(50);
  const [mine, other] = [(await assetsOf(world, 'mine')).at(-1), (await assetsOf(world, 'other')).at(-1)];
  expect(mine).toMatchObject({ company: { id: 13, name: 'АО «Новое»' } });
  expect(other).toMatchObject({ company: { id: 13, name: 'ООО «Другое»' } });
});

test('two imports of the same rows at the same time make each asset once', async () => {
  const world = createWorld();
  const rows = [['Чиллер новый', 'АО «Новое»', 'Чиллер']];
  const replies = await Promise.all([upload(world, rows), upload(world, rows)]);
  expect(replies.map(({ status }) => status)).toEqual([202, 202]);
  world.clock.advance(50);
  expect(await assetsOf(world)).toHaveLength(21);
});

test('rows are written by the rules of the moment', async () => {
  const world = createWorld();
  const rows = [['Чиллер новый', 'АО «Новое»', 'Чиллер']];
  for (const importMatching of ['never', 'name'] as const) {
    await upload(world, rows);
    world.sim.control.setSwitches({ importMatching });
    world.clock.advance(50);
  }
  expect(await assetsOf(world)).toHaveLength(21);
  await upload(world, rows);
  world.sim.control.setSwitches({ importMatching: 'never' });
  world.clock.advance(50);
  expect(await assetsOf(world)).toHaveLength(22);
});

test('a row whose parent is deleted before it is written is left out, and what hangs below it is a root', async () => {
  const world = createWorld();
  await upload(world, [
    ['Чиллер новый', 'АО', 'Чиллер', (await assetsOf(world))[0]?.name ?? ''],
    ['Насос', 'АО', 'Чиллер', 'Чиллер новый'],
  ]);
  const body = new TextEncoder().encode('[101]');
  expect((await world.send('DELETE /ES/Assets', { body })).status).toBe(202);
  world.clock.advance(50);
  const assets = await assetsOf(world);
  expect(assets.map(({ name }) => name)).toContain('Насос');
  expect(assets.map(({ name }) => name)).not.toContain('Чиллер новый');
});

test('settled waits for imports that are not carried out yet', async () => {
  const world = createWorld();
  await upload(world, [['Чиллер новый', 'АО', 'Чиллер']]);
  const settled = world.sim.control.settled();
  world.clock.advance(50);
  expect(await settled).toMatchObject({ settled: true });
});

test('a snapshot keeps an import that is not carried out yet, a reset forgets it', async () => {
  const world = createWorld();
  const { control } = world.sim;
  control.setClock({ mode: 'virtual' });
  await upload(world, [['Чиллер новый', 'АО', 'Чиллер']]);
  control.snapshot({});
  for (let round = 0; round < 2; round++) {
    await control.advance({ by: 50 });
    expect(await assetsOf(world)).toHaveLength(21);
    await control.restore({});
    expect(await assetsOf(world)).toHaveLength(20);
  }
  await control.reset();
  world.clock.advance(50);
  expect(control.metrics()).toHaveProperty('events', {});
  expect(control.metrics()).toMatchObject({ events: {} });
  expect(await control.settled()).toEqual({ settled: true, pending: 0 });
});

test('whatever the parents are, an import ends and no asset is its own ancestor', async () => {
  const name = fc.constantFrom('А', 'Б', 'В', 'Г', 'Здание');
  const row = fc.record({ name, parent: fc.option(name), company: fc.constantFrom('АО', 'ООО') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(row, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (files) => {
        const world = createWorld({ assets: 1, switches: { importDelayMs: 0 } });
        for (const rows of files) {
          const { status } = await upload(
            world,
            rows.map((each) => [each.name, each.company, 'Чиллер', each.parent]),
          );
          expect([202, 409]).toContain(status);
          await Promise.resolve();
        }
        const assets = new Map((await assetsOf(world)).map((asset) => [asset.id, asset]));
        for (const asset of assets.values()) {
          let steps = 0;
          for (let up: typeof asset | undefined = asset; up?.parentID !== undefined; up = assets.get(up.parentID)) {
            expect(++steps).toBeLessThanOrEqual(assets.size);
          }
        }
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

test('a chain of 2000 rows, each below the next one, is one import', async () => {
  const world = createWorld();
  const rows = Array.from({ length: 2_000 }, (_, at) => [
    `Звено ${at}`,
    'АО',
    'Чиллер',
    at < 1_999 ? `Звено ${at + 1}` : null,
  ]);
  expect((await upload(world, rows)).status).toBe(202);
  world.clock.advance(50);
  const chain = (await assetsOf(world)).filter((each) => each.name.startsWith('Звено'));
  expect(chain).toHaveLength(2_000);
  expect(chain.filter(({ parentID }) => parentID === undefined)).toHaveLength(1);
});

describe('while time passes by itself', () => {
  const rows = Array.from({ length: 250 }, (_, index) => [`Насос ${index}`, 'АО «Новое»', 'Чиллер', null, null, null]);
  const switches = { importDelayMs: 0 } as const;
  /** How many events have been announced, slice by slice. */
  const slices = Array.from({ length: 10 }, (_, index) => 25 * (index + 1));

  /** A world whose turns are taken one by one. */
  function createTurns() {
    const turns: (() => void)[] = [];
    const soon = (run: () => void): (() => void) => {
      turns.push(run);
      return () => turns.splice(turns.indexOf(run), 1);
    };
    const world = createWorld({ switches, clock: { ...createManualClock(0), soon } });
    /** Takes the turns of everybody until `isOver`. */
    const take = async (isOver: () => boolean): Promise<void> => {
      while (!isOver()) {
        turns.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    return { world, turns, take };
  }

  async function imported({ world, take }: ReturnType<typeof createTurns>, times = 1): Promise<void> {
    const statuses: number[] = [];
    const uploads = Array.from({ length: times }, async () => statuses.push((await upload(world, rows)).status));
    await take(() => statuses.length === times);
    await Promise.all(uploads);
    expect(new Set(statuses)).toEqual(new Set([202]));
  }

  function batchesOf({ sim }: World): readonly unknown[] {
    const page = sim.control.journal({ types: ['event'] });
    return 'items' in page ? page.items.flatMap((row) => (row.type === 'event' ? [row.batch] : [])) : [];
  }

  test('the events of a large import go out slice by slice, numbered as one import', async () => {
    const turns = createTurns();
    await imported(turns);
    const sizes = new Set<number>();
    await turns.take(() => sizes.add(batchesOf(turns.world).length).has(250));
    expect([...sizes].filter((size) => size > 0)).toEqual(slices);
    expect(batchesOf(turns.world)).toEqual(rows.map((_, index) => ({ index: index + 1, of: 250 })));
  });

  test('of two imports of the same rows under way at once, the later one finds what the earlier has made', async () => {
    const turns = createTurns();
    await imported(turns, 2);
    expect(batchesOf(turns.world)).toEqual([]);
    await turns.take(() => turns.turns.length === 0);
    expect(batchesOf(turns.world)).toHaveLength(250);
  });

  test('a snapshot taken between two steps goes on from there, as often as it is restored', async () => {
    const turns = createTurns();
    const { control } = turns.world.sim;
    await imported(turns);
    turns.turns.shift()?.();
    control.snapshot({ name: 'middle' });
    for (let time = 0; time < 3; time++) {
      await turns.take(() => turns.turns.length === 0);
      expect(batchesOf(turns.world)).toHaveLength(250);
      await control.restore({ name: 'middle' });
      expect(batchesOf(turns.world)).toEqual([]);
    }
  });

  test('a state saved between any two steps goes on from there in another simulator', async () => {
    const first = createTurns();
    const { world, turns } = first;
    await imported(first);
    const saved: { state: string; announced: number }[] = [];
    do {
      saved.push({ state: JSON.stringify(world.sim.exportState()), announced: batchesOf(world).length });
      turns.shift()?.();
    } while (turns.length > 0);
    expect(new Set(saved.map(({ announced }) => announced))).toEqual(new Set([0, ...slices.slice(0, -1)]));
    for (const { state, announced } of saved) {
      const other = createTurns();
      await other.world.sim.importState(JSON.parse(state));
      await other.take(() => other.turns.length === 0);
      expect(announced + batchesOf(other.world).length).toBe(250);
      expect(other.world.sim.control.tenants().items).toMatchObject([{ assets: 270, pending: 0 }]);
    }
  });

  test('a reset in the middle forgets the rest', async () => {
    const turns = createTurns();
    await imported(turns);
    await turns.take(() => batchesOf(turns.world).length > 0);
    await turns.world.sim.control.reset();
    expect(turns.turns).toEqual([]);
    expect(batchesOf(turns.world)).toEqual([]);
  });
});
