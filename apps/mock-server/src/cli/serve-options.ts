import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `serve` was told, by flag or by variable; a flag wins. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly serviceToken: string;
  readonly seed: number;
  readonly assets: number;
  readonly switch: Readonly<Record<string, string>>;
  readonly json: boolean;
  /** undefined: as suits who is reading. */
  readonly logLevel?: string;
  readonly controlToken?: string;
  readonly tenants: 'on-sight' | 'known';
  readonly maxTenants: number;
  readonly allowPublicDelivery: boolean;
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'];

/** Adds the options of `serve`; each can also be given as HUBEX_MOCK_*. */
export function addServeOptions(command: Command): Command {
  return command
    .hook('preAction', refuseOddFlags)
    .addOption(
      option('--port <number>', 'port to listen on; 0 takes any free one').default(4010).argParser(whole(0, 65_535)),
    )
    .addOption(option('--host <address>', 'address to bind').default('127.0.0.1'))
    .addOption(option('--service-token <token>', 'key of the API user').default('demo-service-token').argParser(token))
    .addOption(
      option('--seed <number>', 'the same seed gives the same tenant').default(1).argParser(whole(0, 2_147_483_647)),
    )
    .addOption(option('--assets <number>', 'assets the tenant starts with').default(300).argParser(whole(0, 1_000_000)))
    .addOption(
      option('--switch <name=value>', 'change an assumption of the ledger; repeatable')
        .default({}, 'as the ledger assumes')
        .argParser(readSwitch),
    )
    .addOption(flag('--json', 'print one line of JSON when ready'))
    .addOption(
      option('--log-level <level>', 'what to log on stderr; if not told: info, with --json or in CI warn').choices(
        levels,
      ),
    )
    .addOption(
      option(
        '--control-token <token>',
        'asked for by the control plane; needed to bind an address others can reach',
      ).argParser(token),
    )
    .addOption(
      option('--tenants <mode>', 'unknown service tokens make a tenant, or are refused as by HubEx')
        .choices(['on-sight', 'known'])
        .default('on-sight'),
    )
    .addOption(option('--max-tenants <number>', 'tenants at a time').default(1000).argParser(whole(1, 100_000)))
    .addOption(flag('--allow-public-delivery', 'deliver to public addresses too'));
}

function variableOf(option: Option): string {
  return `HUBEX_MOCK_${option.name().replaceAll('-', '_').toUpperCase()}`;
}

/** The variable of --service-token is HUBEX_MOCK_SERVICE_TOKEN. One that is set but empty counts as not set. */
function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  const variable = variableOf(made);
  return process.env[variable] === '' ? made : made.env(variable);
}

const yes = ['true', '1'];
const no = ['false', '0', ''];

/** commander takes any value of a flag's variable for yes, even `false`; this one reads it. */
function flag(name: string, description: string): Option {
  const made = new Option(name, description).default(false);
  const variable = variableOf(made);
  return no.includes(process.env[variable] ?? '') ? made : made.env(variable);
}

function refuseOddFlags(command: Command): void {
  for (const { envVar, required } of command.options) {
    const value = envVar === undefined || required ? undefined : process.env[envVar];
    if (value === undefined || yes.includes(value)) continue;
    command.error(`error: ${envVar} must be true or false; it was ${JSON.stringify(value)}.`);
  }
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function token(text: string): string {
  if (/^\S{1,200}$/.test(text)) return text;
  throw new InvalidArgumentError('It must have 1 to 200 characters and no spaces.');
}

/** Several may stand in one text, split by commas: that is how the variable gives them. */
function readSwitch(text: string, before: ServeFlags['switch'] = {}): ServeFlags['switch'] {
  const pairs = text.split(',').map((pair) => {
    const [, name, value] = /^\s*([A-Za-z]+)=(\S+)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new InvalidArgumentError('It must look like restoreEvent=40.');
    return [name, value] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}
