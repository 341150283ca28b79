// From starting a process to its first 200 on /fsm/COMMON/Events, and --version and --help: CPU. One line of JSON.
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { answering, commands, freePort, launch, mockCommand, writeReplies } from './contenders.mjs';
import { median, rounded } from './numbers.mjs';
import { cpuOf } from './process-cpu.mjs';
import { readReplies, signIn } from './sign-in.mjs';

const rounds = Number(process.argv[2] ?? 9);

/** CPU of a command that ends, in ms: bash asks the system about its children, to the microsecond, and shows milliseconds. */
function cpuOfCommand(command) {
  const script = `TIMEFORMAT='%3U %3S'; time taskset -c 0 ${command} > /dev/null`;
  const { stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return (user + system) * 1000;
}

/** One request on a bare socket; the status, or undefined while nobody listens. */
function ask(port, authorization) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET /fsm/COMMON/Events HTTP/1.1\r\nhost: 127.0.0.1\r\nx-application-id: 5\r\n${authorization}connection: close\r\n\r\n`,
      ),
    );
    socket.on('data', (chunk) => {
      resolve(Number(/^HTTP\/1.1 (\d+)/.exec(String(chunk))?.[1]));
      socket.destroy();
    });
    socket.on('error', () => resolve(undefined));
  });
}

async function startOf(name) {
  const port = await freePort();
  const server = launch(how[name](port), { port, env: how.env });
  let authorization = '';
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const status = await ask(port, authorization);
    if (status === 200) break;
    // Ours wants a token first, as HubEx does: signing in is part of the price.
    if (status === 401) authorization = `authorization: Bearer ${await signIn(server.url)}\r\n`;
    else await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const cpu = cpuOf(server.pid);
  await server.stop();
  return cpu;
}

/** Milliseconds from SIGTERM to the end of the process. */
async function sigterm() {
  const port = await freePort();
  const server = launch(how.mock(port), { port, env: how.env });
  await answering(`${server.url}/__mock/ready`);
  const started = performance.now();
  await server.stop('SIGTERM');
  return performance.now() - started;
}

const port = await freePort();
const mock = launch(commands({}).mock(port), { port });
await answering(`${mock.url}/__mock/ready`);
const how = commands(writeReplies(await readReplies(mock.url)));
await mock.stop();

const names = ['mock', 'express', 'mockoon', 'prism'];
const starts = Object.fromEntries(names.map((name) => [name, []]));
const ends = { empty: [], version: [], help: [], sigterm: [] };
for (let round = 0; round < rounds; round++) {
  for (const name of names)
    if (round < 5 || name === 'mock' || name === 'express') starts[name].push(await startOf(name));
  ends.empty.push(cpuOfCommand(`${process.execPath} -e 0`));
  ends.version.push(cpuOfCommand(`${process.execPath} ${mockCommand} --version`));
  ends.sigterm.push(await sigterm());
  ends.help.push(cpuOfCommand(`${process.execPath} ${mockCommand} --help`));
}
const ratio = (one, other) => rounded(median(one.slice(0, other.length).map((each, i) => each / other[i])));
const middle = (samples) =>
  Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, rounded(median(all), 0)]));
process.stdout.write(
  `${JSON.stringify({
    rounds,
    startMs: middle(starts),
    endMs: middle(ends),
    ofExpress: ratio(starts.mock, starts.express),
    ofMockoon: ratio(starts.mock, starts.mockoon),
    ofPrism: ratio(starts.mock, starts.prism),
    versionOfNode: ratio(ends.version, ends.empty),
    sigtermMs: middle(ends).sigterm,
    helpOfNode: ratio(ends.help, ends.empty),
  })}\n`,
);
