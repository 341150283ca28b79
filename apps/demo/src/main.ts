import { createHubexClient } from '@hubex-kit/sdk/client';
import { assetEvents } from '@hubex-kit/sdk/events';
import { Command, CommanderError } from 'commander';
import logUpdate from 'log-update';
import { type Child, startChild } from './children.ts';
import { morning } from './scenario.ts';
import { Tally } from './tally.ts';
import { outcome, type Progress, summary, table } from './view.ts';

const minute = 60_000;
const pause = 1_200;

const program = new Command('npm start --')
  .description('Starts the mock server and an Express receiver, drives a minute of events and counts what arrives.')
  .option('--once', 'run one round without pauses and end: exit code 0 only if every event of all five ids arrived')
  .option('--json', 'print the summary as one line of JSON')
  .addHelpText(
    'after',
    '\nExamples:\n  npm start\n  npm start -- --once\n  npm start -- --once --json\n\nExit codes: 0 all arrived, 1 something is missing, 2 wrong use.\n',
  )
  .exitOverride();

/** The whole main job; returns the exit code. */
async function run(flags: { once?: boolean; json?: boolean }): Promise<number> {
  const stopped = new Promise<'stopped'>((resolve) => {
    process.once('SIGINT', () => resolve('stopped'));
    process.once('SIGTERM', () => resolve('stopped'));
  });
  const children: Child[] = [];
  try {
    const mock = await startChild({
      name: '@hubex-kit/mock-server',
      entry: 'dist/cli.js',
      args: ['serve', '--port', '0', '--json'],
    });
    children.unshift(mock);
    const { apiUrl, controlUrl, serviceToken } = mock.ready as {
      apiUrl: string;
      controlUrl: string;
      serviceToken: string;
    }; // the ready line promises them
    const progress = { expected: new Tally(), received: new Tally(), lines: [] as string[] };
    const arrivals = new Set<() => void>();
    const receiver = await startChild({
      name: '@hubex-kit/example-receiver-express',
      entry: 'dist/main.js',
      args: ['--json'],
      env: { HUBEX_API_URL: apiUrl, HUBEX_SERVICE_TOKEN: serviceToken, PORT: '0' },
      onLine({ eventId, assetId, name }) {
        progress.received.add({ eventId: Number(eventId), assetId: Number(assetId) });
        show(progress, { line: `← ${eventId} ${assetId} ${String(name)}`, flags });
        for (const arrived of arrivals) arrived();
      },
    });
    children.unshift(receiver);

    const client = createHubexClient({ baseUrl: apiUrl, serviceToken });
    const until = Date.now() + minute;
    let isOver = false;
    for (let round = 0; !isOver && (round === 0 || (!flags.once && Date.now() < until)); round++) {
      for await (const { title, causes } of morning(client, round)) {
        for (const happening of causes) progress.expected.add(happening);
        show(progress, { line: `→ ${title}`, flags });
        if (!flags.once) isOver = (await Promise.race([stopped, after(pause)])) === 'stopped';
        if (isOver) return 0;
      }
    }

    await (await fetch(`${controlUrl}/settled?within=30000`)).json();
    await everythingArrived(progress, arrivals);
    const { total } = (await (await fetch(`${controlUrl}/deliveries?state=delivered`)).json()) as { total: number }; // the control plane promises it
    const result = outcome(progress, total);
    if (process.stdout.isTTY) logUpdate.done();
    if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else
      process.stdout.write(
        `${process.stdout.isTTY ? '' : `\n${table({ ...progress, lines: [] })}\n`}${summary(result, progress)}\n`,
      );
    const allIds = assetEvents.every(({ id }) => progress.received.of(id) > 0);
    const isGood = result.lost === 0 && result.unexpected === 0 && allIds;
    if (!flags.once) {
      process.stdout.write(
        `  API            ${apiUrl}\n  Control plane  ${controlUrl}/deliveries\n  Service token  ${serviceToken}\n  Receiver       ${String(receiver.ready.address)}\n\n  Ctrl-C stops everything.\n`,
      );
      await stopped;
    }
    return isGood ? 0 : 1;
  } finally {
    for (const child of children) await child.stop();
  }
}

function show(
  progress: Progress & { lines: string[] },
  { line, flags }: { line: string; flags: { json?: boolean } },
): void {
  progress.lines.push(line);
  if (progress.lines.length > 12) progress.lines.shift();
  if (flags.json) return;
  if (process.stdout.isTTY) logUpdate(table(progress));
  else process.stdout.write(`${line}\n`);
}

/** Resolves when every expected event is here, or after ten seconds without it. */
function everythingArrived(progress: Progress, arrivals: Set<() => void>): Promise<void> {
  const isComplete = (): boolean => progress.expected.without(progress.received).length === 0;
  if (isComplete()) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 10_000);
    arrivals.add(() => {
      if (!isComplete()) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function after(ms: number): Promise<'later'> {
  return new Promise((resolve) => setTimeout(() => resolve('later'), ms));
}

try {
  process.exitCode = await run(program.parse().opts());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`npm start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
