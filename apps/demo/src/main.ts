import { createHubexClient } from '@hubex-kit/sdk/client';
import { Command, CommanderError } from 'commander';
import logUpdate from 'log-update';
import { Children } from './children.ts';
import { control } from './control.ts';
import { Book, runRound } from './round.ts';
import { addresses, isGood, next, outcome, summary, table } from './view.ts';

const minute = 60_000;
const pause = 1_200;

const program = new Command('npm start --')
  .description('Starts the mock server and an Express receiver, drives a minute of events and counts what arrives.')
  .option('--once', 'run one round without pauses and end: exit code 0 only if every event of all five ids arrived')
  .option('--json', 'print the summary as one line of JSON')
  .addHelpText(
    'after',
    '\nExamples:\n  npm start\n  npm start -- --once\n  npm start -- --once --json\n\nExit codes: 0 all arrived, 1 something is missing or failed, 2 wrong use, 130 --once was interrupted.\n',
  )
  .exitOverride();

interface Flags {
  readonly once?: boolean;
  readonly json?: boolean;
}

/** The whole main job; returns the exit code. */
async function run(flags: Flags): Promise<number> {
  const isLive = process.stdout.isTTY && !process.env.CI && !flags.json;
  const interrupted = new Promise<'interrupted'>((resolve) => {
    process.once('SIGINT', () => resolve('interrupted'));
    process.once('SIGTERM', () => resolve('interrupted'));
  });
  const children = new Children();
  const book = new Book((line) => {
    if (isLive) logUpdate(table(book));
    else if (!flags.json) process.stdout.write(`${line}\n`);
  });
  try {
    const work = drive({ flags, children, book, isLive });
    // Interrupted or failed first, it fails itself when its HubEx is gone; nobody waits for that.
    work.catch(() => undefined);
    const result = await Promise.race([work, children.failed, interrupted]);
    if (result === 'interrupted') return flags.once ? 130 : 0;
    if (!flags.once) await Promise.race([children.failed, interrupted]);
    return result;
  } finally {
    if (isLive) logUpdate.done();
    await children.stop();
  }
}

async function drive(job: { flags: Flags; children: Children; book: Book; isLive: boolean }): Promise<0 | 1> {
  const { flags, children, book, isLive } = job;
  book.note('Starting HubEx and the receiver');
  const ready = await children.start({
    name: '@hubex-kit/mock-server',
    entry: 'cli',
    args: ['serve', '--port', '0', '--json'],
  });
  // The ready line of the mock server promises them.
  const { apiUrl, controlUrl, serviceToken } = ready as Record<'apiUrl' | 'controlUrl' | 'serviceToken', string>;
  const listening = await children.start({
    name: '@hubex-kit/example-receiver-express',
    entry: 'main',
    args: ['--json'],
    env: { HUBEX_API_URL: apiUrl, HUBEX_SERVICE_TOKEN: serviceToken, HUBEX_RATE_LIMIT: 'off', PORT: '0' },
    onLine: (line) => book.arrived(line),
  });
  const places = { apiUrl, controlUrl, serviceToken, receiver: String(listening.address) };
  book.note(`HubEx at ${apiUrl}, receiver at ${places.receiver}`);

  const client = createHubexClient({ baseUrl: apiUrl, serviceToken, rateLimit: false });
  const until = Date.now() + minute;
  for (let round = 0; round === 0 || (!flags.once && Date.now() < until); round++) {
    await runRound(client, {
      book,
      round,
      controlUrl,
      pause: () => (flags.once ? Promise.resolve() : after(pause)),
    });
  }

  const { pending } = await control<{ pending: number }>(`${controlUrl}/settled?within=30000`);
  if (pending > 0) book.note(`HubEx still has ${pending} deliveries to make.`);
  await book.complete();
  const { total: sent } = await control<{ total: number }>(`${controlUrl}/deliveries?state=delivered`);
  const result = outcome(book, sent);
  if (isLive) logUpdate.done();
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...result, ...(!flags.once && places) })}\n`);
  else {
    if (!isLive) process.stdout.write(`\n${table({ ...book, lines: [] })}\n`);
    process.stdout.write(`${summary(result)}\n`);
    if (!flags.once) process.stdout.write(`${addresses(places)}\n  Ctrl-C stops everything.\n`);
    process.stdout.write(next);
  }
  return isGood(result) ? 0 : 1;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ends the process: what an interrupted job left waiting must not keep it. */
function end(code: number): void {
  process.exit(code);
}

try {
  end(await run(program.parse().opts()));
} catch (error) {
  if (error instanceof CommanderError) end(error.exitCode === 0 ? 0 : 2);
  process.stderr.write(`npm start: ${error instanceof Error ? error.message : String(error)}\n`);
  end(1);
}
