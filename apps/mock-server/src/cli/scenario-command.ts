import { type Command, Option } from 'commander';

/** What `scenario` was told. */
export interface ScenarioFlags {
  readonly file?: string;
  readonly check: boolean;
  readonly server: string;
  readonly tenant?: string;
  readonly controlToken?: string;
  readonly seed?: string;
  readonly speed?: string;
  readonly wait: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  hubex-mock scenario                                   lists the scenarios
  hubex-mock scenario steady-day --speed 600            a day in two and a half minutes, in a mock that runs
  hubex-mock scenario outage-and-recovery --speed 60 --wait
  hubex-mock scenario --file my.yaml --check            needs no server
  hubex-mock scenario --file my.yaml --tenant my-token
  hubex-mock stop-scenario

Exit codes: 0 done, 1 the mock did not answer or refused, 2 wrong use or a bad file, 3 with --wait: stopped before its end.
`;

/** Adds `scenario`: believable work in a tenant of a running mock. */
export function addScenarioCommand(program: Command): void {
  const env = (flags: string, text: string, variable: string): Option => new Option(flags, text).env(variable);
  program
    .command('scenario')
    .description('run a scenario in a mock that is running, by name or from a file; without either, list them')
    .helpGroup('Drive a running server:')
    .argument('[name]', 'a scenario by name')
    .option('--file <path>', 'a scenario of your own: YAML or JSON')
    .option('--check', 'only check the file', false)
    .addOption(env('--server <url>', 'the running mock', 'HUBEX_MOCK_URL').default('http://127.0.0.1:4010'))
    .addOption(env('--tenant <token>', 'service token or id of the tenant', 'HUBEX_MOCK_TENANT'))
    .addOption(env('--control-token <token>', 'if the server asks for one', 'HUBEX_MOCK_CONTROL_TOKEN'))
    .option('--seed <number>', 'the same seed, start and scenario give the same events')
    .option('--speed <factor>', 'how much faster than the clock of the tenant; 60 makes an hour of a minute')
    .option('--wait', 'wait for its end', false)
    .option('--json', 'print the state as one line of JSON', false)
    .addHelpText('after', examples)
    .action(async (name: string | undefined, flags: ScenarioFlags) => {
      const { scenario } = await import('./scenario.ts');
      process.exitCode = await scenario(name, flags);
    });
}
