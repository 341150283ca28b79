import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `serve` was told, by flag or by variable; a flag wins. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly serviceToken: string;
  readonly seed: number;
  readonly assets: number;
  readonly switch: Readonly<Record<string, string | number | boolean>>;
  readonly json?: boolean;
  readonly logLevel: string;
  readonly allowPublicDelivery?: boolean;
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'];

/** Adds the options of `serve`; each can also be given as HUBEX_MOCK_*. */
export function addServeOptions(command: Command): Command {
  return command
    .addOption(
      option('--port <number>', 'port to listen on; 0 takes any free one')
        .env('HUBEX_MOCK_PORT')
        .default(4010)
        .argParser(whole(0, 65_535)),
    )
    .addOption(option('--host <address>', 'address to bind').env('HUBEX_MOCK_HOST').default('127.0.0.1'))
    .addOption(
      option('--service-token <token>', 'key of the API user')
        .env('HUBEX_MOCK_SERVICE_TOKEN')
        .default('demo-service-token')
        .argParser(token),
    )
    .addOption(
      option('--seed <number>', 'the same seed gives the same tenant')
        .env('HUBEX_MOCK_SEED')
        .default(1)
        .argParser(whole(0, 2_147_483_647)),
    )
    .addOption(
      option('--assets <number>', 'assets the tenant starts with')
        .env('HUBEX_MOCK_ASSETS')
        .default(300)
        .argParser(whole(0, 1_000_000)),
    )
    .addOption(
      option('--switch <name=value>', 'change an assumption of the ledger; repeatable')
        .env('HUBEX_MOCK_SWITCH')
        .default({}, 'as the ledger assumes')
        .argParser(readSwitch),
    )
    .addOption(option('--json', 'print one line of JSON when ready').env('HUBEX_MOCK_JSON'))
    .addOption(
      option('--log-level <level>', 'what to log on stderr')
        .env('HUBEX_MOCK_LOG_LEVEL')
        .default('warn')
        .choices(levels),
    )
    .addOption(
      option('--allow-public-delivery', 'deliver to public addresses too').env('HUBEX_MOCK_ALLOW_PUBLIC_DELIVERY'),
    );
}

function option(flags: string, description: string): Option {
  return new Option(flags, description);
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
