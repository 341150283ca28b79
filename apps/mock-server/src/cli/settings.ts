/** What a setting of `serve` takes. */
export type SettingKind =
  | { readonly kind: 'whole'; readonly least: number; readonly most: number; readonly default?: number }
  | { readonly kind: 'text'; readonly default?: string }
  /** 1 to 200 characters without spaces. */
  | { readonly kind: 'token'; readonly default?: string }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default?: string }
  | { readonly kind: 'flag' }
  | { readonly kind: 'hosts' }
  | { readonly kind: 'switches' };

/** A setting: as a flag, as a variable and, unless it is about one run only, as a key of the file. */
export type Setting = SettingKind & {
  /** As commander writes it: `--port <number>`. */
  readonly flags: string;
  readonly description: string;
  /** Key in the file; left out for settings that the file does not take. */
  readonly key?: string;
};

const levels = ['silent', 'error', 'warn', 'info', 'debug'];

/** Every setting of `serve`, once: flags, variables, the file and its schema are made of this. */
export const serveSettings: readonly Setting[] = [
  {
    kind: 'whole',
    least: 0,
    most: 65_535,
    default: 4010,
    key: 'port',
    flags: '--port <number>',
    description: 'port to listen on; 0 takes any free one',
  },
  { kind: 'text', default: '127.0.0.1', key: 'host', flags: '--host <address>', description: 'address to bind' },
  {
    kind: 'token',
    default: 'demo-service-token',
    key: 'serviceToken',
    flags: '--service-token <token>',
    description: 'key of the API user',
  },
  {
    kind: 'whole',
    least: 0,
    most: 2_147_483_647,
    default: 1,
    key: 'seed',
    flags: '--seed <number>',
    description: 'the same seed gives the same tenant',
  },
  {
    kind: 'whole',
    least: 0,
    most: 1_000_000,
    default: 300,
    key: 'assets',
    flags: '--assets <number>',
    description: 'assets the tenant starts with',
  },
  {
    kind: 'switches',
    key: 'switches',
    flags: '--switch <name=value>',
    description: 'change an assumption of the ledger; repeatable',
  },
  { kind: 'flag', flags: '--json', description: 'print one line of JSON when ready' },
  {
    kind: 'choice',
    choices: levels,
    key: 'logLevel',
    flags: '--log-level <level>',
    description: 'what to log on stderr; if not told: info, with --json or in CI warn',
  },
  {
    kind: 'token',
    key: 'controlToken',
    flags: '--control-token <token>',
    description: 'asked for by the control plane; needed to bind an address others can reach',
  },
  {
    kind: 'choice',
    choices: ['on-sight', 'known'],
    default: 'on-sight',
    key: 'tenants',
    flags: '--tenants <mode>',
    description: 'unknown service tokens make a tenant, or are refused as by HubEx',
  },
  {
    kind: 'whole',
    least: 1,
    most: 100_000,
    default: 1000,
    key: 'maxTenants',
    flags: '--max-tenants <number>',
    description: 'tenants at a time',
  },
  {
    kind: 'whole',
    least: 1,
    most: 1000,
    default: 20,
    key: 'maxDepth',
    flags: '--max-depth <number>',
    description: 'deliveries that may follow one from the other before a loop is cut',
  },
  {
    kind: 'hosts',
    key: 'allowHosts',
    flags: '--allow-host <name>',
    description: 'a public host that may be delivered to; repeatable',
  },
  {
    kind: 'flag',
    key: 'allowPublicDelivery',
    flags: '--allow-public-delivery',
    description: 'deliver to any public address',
  },
  {
    kind: 'text',
    key: 'data',
    flags: '--data <file>',
    description:
      'keep all tenants in a file over restarts; a crash costs at most the changes of the last two seconds, never the file (default: memory only)',
  },
  { kind: 'text', flags: '--config <file>', description: 'read settings from a YAML file; flags and variables win' },
  { kind: 'text', flags: '--ready-file <file>', description: 'write the ready line to a file when ready' },
  {
    kind: 'text',
    flags: '--exec <command>',
    description: 'when ready run a command with HUBEX_* variables, then stop with its exit code',
  },
];
