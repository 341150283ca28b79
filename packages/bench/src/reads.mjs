// GET of 20 assets, journal on: CPU of each server per request, and requests a second. One line of JSON.
import autocannon from 'autocannon';
import { answering, commands, freePort, launch, writeReplies } from './contenders.mjs';
import { median, rounded } from './numbers.mjs';
import { cpuOf } from './process-cpu.mjs';
import { readReplies, signIn } from './sign-in.mjs';

const rounds = Number(process.argv[2] ?? 7);
const seconds = 1;

const env = {};
const first = await freePort();
const mock = launch(commands({}).mock(first), { port: first, env });
await answering(`${mock.url}/__mock/ready`);
const files = writeReplies(await readReplies(mock.url));
const how = commands(files);
const servers = { mock };
for (const name of ['express', 'prism', 'mockoon']) {
  const port = await freePort();
  servers[name] = launch(how[name](port), { port, env: how.env });
  await answering(`${servers[name].url}/fsm/ES/Assets`, { status: 206 });
}
const headers = { authorization: `Bearer ${await signIn(mock.url)}`, range: 'items=1-20' };

async function slice(name) {
  const { pid, url } = servers[name];
  const before = cpuOf(pid);
  const {
    '2xx': answered,
    non2xx,
    duration,
  } = await autocannon({
    url: `${url}/fsm/ES/Assets`,
    connections: 16,
    duration: seconds,
    headers,
  });
  if (non2xx > 0 || answered === 0) throw new Error(`${name}: ${answered} answered 2xx, ${non2xx} otherwise`);
  return { cpu: ((cpuOf(pid) - before) * 1000) / answered, rate: answered / duration };
}

const samples = { mock: [], express: [], prism: [], mockoon: [] };
for (const name of Object.keys(samples)) await slice(name);
for (let round = 0; round < rounds; round++)
  for (const name of Object.keys(samples)) samples[name].push(await slice(name));
for (const server of Object.values(servers)) await server.stop();

// Pair by pair: what disturbs a round disturbs all of it.
const ratio = (what, [one, other]) =>
  rounded(median(samples[one].map((each, i) => each[what] / samples[other][i][what])));
const middle = (what) =>
  Object.fromEntries(
    Object.entries(samples).map(([name, all]) => [name, rounded(median(all.map((each) => each[what])), 1)]),
  );
process.stdout.write(
  `${JSON.stringify({
    rounds,
    microseconds: middle('cpu'),
    perSecond: middle('rate'),
    cpuOfExpress: ratio('cpu', ['mock', 'express']),
    throughputOfPrism: ratio('rate', ['mock', 'prism']),
    throughputOfMockoon: ratio('rate', ['mock', 'mockoon']),
  })}\n`,
);
