import { createSimulator } from '@hubex-kit/simulator';

// CPU of sim.fetch for a list of 20 items, in a process without msw. Reading the body is the platform's own work and not counted.
// node --import=tsx --conditions=@hubex-kit/source packages/msw/bench/simulator-cost.ts [rounds=40]
const rounds = Number(process.argv[2] ?? 40);
const each = 400;
const base = 'https://api.hubex.ru/fsm';
const simulator = createSimulator();
const access = await simulator.fetch(
  new Request(`${base}/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ serviceToken: simulator.control.info.serviceToken }),
  }),
);
const { access_token: token } = await access.json();
const headers = { authorization: `Bearer ${token}`, 'x-application-id': '5' };

const figures: number[] = [];
for (let round = 0; round < rounds + 5; round++) {
  const before = process.cpuUsage();
  for (let index = 0; index < each; index++) {
    const { status } = await simulator.fetch(new Request(`${base}/ES/Assets?offset=0&fetch=20`, { headers }));
    if (status !== 206) throw new Error(`The list answered ${status}.`);
  }
  const { user, system } = process.cpuUsage(before);
  if (round >= 5) figures.push((user + system) / each);
}
figures.sort((a, b) => a - b);
const quartile = (share: number): number => Math.round(figures[Math.floor(figures.length * share)] ?? Number.NaN);
process.stdout.write(
  `${JSON.stringify({ microseconds: quartile(0.5), lower: quartile(0.25), upper: quartile(0.75) })}\n`,
);
