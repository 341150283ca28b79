import { createSimulator } from '@hubex-kit/simulator';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { hubexHandler } from '../src/index.ts';

// CPU of a fetch that HubEx answers through msw, beside one that a handler with a ready body answers, in slices that take turns.
// node --import=tsx --conditions=@hubex-kit/source packages/msw/bench/msw-cost.ts [rounds=40]
const rounds = Number(process.argv[2] ?? 40);
const each = 100;
const path = '/ES/Assets?offset=0&fetch=20';
const base = 'https://api.hubex.ru/fsm';

const simulator = createSimulator();
const { serviceToken } = simulator.control.info;
const access = await simulator.fetch(
  new Request(`${base}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ serviceToken }),
  }),
);
const { access_token: token } = await access.json();
const headers = { authorization: `Bearer ${token}`, 'x-application-id': '5' };
const body = await (await simulator.fetch(new Request(base + path, { headers }))).json();

const server = setupServer(
  http.get('https://static.test/list', () => HttpResponse.json(body)),
  hubexHandler(simulator),
);
server.listen({ onUnhandledRequest: 'error' });

async function cost(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < each; index++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / each;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const viaMsw = async (): Promise<unknown> => (await fetch(base + path, { headers })).text();
const still = async (): Promise<unknown> => (await fetch('https://static.test/list', { headers })).text();

const firstRoute = async (): Promise<unknown> => (await fetch(`${base}/AUTHZ/RefreshTokens/none`, { headers })).text();
const lastRoute = async (): Promise<unknown> => (await fetch(`${base}/IMPORT/Assets/none`, { headers })).text();

const names = ['msw', 'static', 'first', 'last'] as const;
const figures: Record<(typeof names)[number], number[]> = { msw: [], static: [], first: [], last: [] };
for (let round = 0; round < rounds + 5; round++) {
  const slice = { static: await cost(still), msw: await cost(viaMsw) };
  // They take turns in going first: whatever comes second pays for the other's garbage.
  const [a, b] = round % 2 ? ([lastRoute, firstRoute] as const) : ([firstRoute, lastRoute] as const);
  const [one, other] = [await cost(a), await cost(b)];
  const routes = round % 2 ? { first: other, last: one } : { first: one, last: other };
  if (round < 5) continue;
  for (const name of names) figures[name].push({ ...slice, ...routes }[name]);
}
server.close();
const ratioOf = (one: readonly number[], other: readonly number[]): number =>
  Number(median(one.map((value, index) => value / (other[index] ?? Number.NaN))).toFixed(3));
process.stdout.write(
  `${JSON.stringify({
    ratio: ratioOf(figures.msw, figures.static),
    ratioToOperations: ratioOf(figures.last, figures.first),
    mswMicroseconds: Math.round(median(figures.msw)),
    staticMicroseconds: Math.round(median(figures.static)),
  })}\n`,
);
