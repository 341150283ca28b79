import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `check` was told. */
export interface CheckFlags {
  readonly json: boolean;
  readonly junit?: string;
  readonly list: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly strict: boolean;
  readonly secretParameter?: string;
  readonly allowHost: readonly string[];
  readonly patience: number;
  readonly prompt: number;
  readonly pause: number;
  readonly storm: number;
  readonly atOnce: number;
  readonly oversize: number;
  readonly deadline: number;
}

const help = `
Examples:
  hubex-mock check 'http://localhost:3000/hubex?key=0123456789abcdef0123456789abcdef'
  HUBEX_MOCK_CHECK_URL=http://localhost:3000/hubex/my-long-secret hubex-mock check --junit report.xml
  hubex-mock check http://localhost:3000/hubex?key=... --only storm,junk --storm 5000
  hubex-mock check --list

The secret is taken from the address and never printed. Exit codes: 0 every must holds (with --strict every should too),
1 one does not, 2 wrong use, 3 the receiver could not be reached.
`;

/** Adds `check` to the program; `onDone` gets its exit code. What it needs is loaded when it runs. */
export function addCheckCommand(program: Command, onDone: (exitCode: number) => void): void {
  const command = program.command('check').description('check a receiver in any language').addHelpText('after', help);
  addCheckOptions(command).action(async (url: string | undefined, flags: CheckFlags) => {
    const { check } = await import('./check.ts');
    onDone(await check(url, flags));
  });
}

/** Adds the options of `check`. */
export function addCheckOptions(command: Command): Command {
  return command
    .argument('[url]', 'address of the receiver, secret included; or the variable HUBEX_MOCK_CHECK_URL')
    .addOption(new Option('--json', 'print one JSON document instead of the scorecard').default(false))
    .addOption(new Option('--junit <file>', 'write JUnit XML too'))
    .addOption(new Option('--list', 'show the checks and do nothing').default(false))
    .addOption(
      new Option('--only <names>', 'these checks or groups, split by commas').default([], 'all').argParser(names),
    )
    .addOption(new Option('--skip <names>', 'all but these').default([], 'none').argParser(names))
    .addOption(new Option('--strict', 'fail for what should be as for what must be').default(false))
    .addOption(
      new Option('--secret-parameter <name>', 'query parameter that holds the secret; found by itself if not told'),
    )
    .addOption(
      new Option('--allow-host <host>', 'a public host that may be checked; repeatable')
        .default([], 'loopback and private addresses only')
        .argParser(names),
    )
    .addOption(
      number('--patience <ms>', 'an answer later than this is none', { value: 5_000, least: 10, most: 120_000 }),
    )
    .addOption(number('--prompt <ms>', 'a later answer is a slow one', { value: 1_000, least: 1, most: 120_000 }))
    .addOption(number('--pause <ms>', 'how long a slow sender pauses', { value: 1_000, least: 0, most: 60_000 }))
    .addOption(number('--storm <count>', 'deliveries of the storm', { value: 500, least: 1, most: 100_000 }))
    .addOption(number('--at-once <count>', 'how many of them at once', { value: 32, least: 1, most: 1_000 }))
    .addOption(
      number('--oversize <bytes>', 'a body nobody should accept', { value: 16_777_216, least: 1, most: 268_435_456 }),
    )
    .addOption(number('--deadline <ms>', 'no check begins after this', { value: 300_000, least: 1, most: 3_600_000 }));
}

/** Split by commas; an option that is given twice adds. */
function names(text: string, before: readonly string[] = []): readonly string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.includes('')) throw new InvalidArgumentError('It must be names split by commas.');
  return [...before, ...found];
}

function number(flags: string, description: string, bounds: { value: number; least: number; most: number }): Option {
  const { value, least, most } = bounds;
  return new Option(flags, description).default(value).argParser((text: string) => {
    const given = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (given >= least && given <= most) return given;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  });
}
