import { type Command, Option } from 'commander';

/** What `traffic` was told, as it was typed: reading it needs the simulator, which `--help` does not load. */
export interface TrafficFlags {
  readonly to: string;
  readonly rate: string;
  readonly for: string;
  readonly mix: string;
  readonly arrivals: 'even' | 'poisson';
  readonly connections: string;
  readonly timeout: string;
  readonly seed: string;
  readonly allowHost: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
}

const examples = `
Examples:
  hubex-mock traffic --to "http://127.0.0.1:3000/hook?key=..."
  hubex-mock traffic --rate 50/s --for 10m --mix 40:10,41:70,42:5,43:10,44:5 --to http://127.0.0.1:3000/hook
  hubex-mock traffic --rate 500/s --for 30s --json --quiet --to http://10.0.0.5/hook

Deliveries are believable: nothing is changed before it exists or after it is gone. When each is due is settled beforehand, and
latency counts from then, so a receiver that stalls cannot hide it.
Exit codes: 0 every delivery was answered with 2xx, 2 wrong use, 3 some were lost, unsent or answered otherwise.
`;

/** Adds `traffic`: load on somebody's receiver. */
export function addTrafficCommand(program: Command): void {
  program
    .command('traffic')
    .description("send deliveries at a rate to somebody's receiver")
    .requiredOption('--to <url>', 'the receiver')
    .option('--rate <rate>', 'deliveries, such as 50/s or 600/m', '10/s')
    .option('--for <duration>', 'how long, such as 30s or 10m', '1m')
    .option('--mix <event:weight,...>', 'how often which event', '40:10,41:70,42:5,43:10,44:5')
    .addOption(
      new Option('--arrivals <how>', 'like a metronome or at random moments')
        .choices(['even', 'poisson'])
        .default('even'),
    )
    .option('--connections <number>', 'calls under way at once, at most', '64')
    .option('--timeout <duration>', 'an answer that takes longer is lost', '30s')
    .option('--seed <number>', 'the same seed sends the same', '1')
    .addOption(
      new Option('--allow-host <name>', 'a public host that may be reached; repeatable')
        .default([], 'loopback and private networks only')
        .argParser((name: string, before: readonly string[]) => [...before, name]),
    )
    .option('--json', 'print the result as one line of JSON', false)
    .option('--quiet', 'no progress on stderr', false)
    .addHelpText('after', examples)
    .action(async (flags: TrafficFlags) => {
      const { traffic } = await import('./traffic.ts');
      process.exitCode = await traffic(flags);
    });
}
