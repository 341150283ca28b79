import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Setting, serveSettings } from './settings.ts';

/** What `serve` was told, by flag, by variable or by the file; in this order the first wins. */
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
  readonly maxDepth: number;
  readonly allowHost: readonly string[];
  readonly allowPublicDelivery: boolean;
  readonly data?: string;
  readonly config?: string;
  readonly readyFile?: string;
  readonly exec?: string;
}

/** Adds the options of `serve`; each can also be given as HUBEX_MOCK_*. */
export function addServeOptions(command: Command): Command {
  command.hook('preAction', refuseOddFlags);
  for (const setting of serveSettings) command.addOption(optionOf(setting));
  return command;
}

/** The variable of --service-token is HUBEX_MOCK_SERVICE_TOKEN. */
function variableOf(option: Option): string {
  return `HUBEX_MOCK_${option.name().replaceAll('-', '_').toUpperCase()}`;
}

const yes = ['true', '1'];
const no = ['false', '0', ''];

function optionOf(setting: Setting): Option {
  const option = new Option(setting.flags, setting.description);
  const variable = variableOf(option);
  const given = process.env[variable] ?? '';
  // One that is set but empty counts as not set; and commander takes any value of a flag's variable for yes, even `false`.
  if (!(setting.kind === 'flag' ? no : ['']).includes(given)) option.env(variable);
  switch (setting.kind) {
    case 'flag':
      return option.default(false);
    case 'switches':
      return option.default({}, 'as the ledger assumes').argParser(readSwitch);
    case 'hosts':
      return option.default([], 'loopback and private networks only').argParser(readHosts);
    case 'choice':
      option.choices(setting.choices);
      break;
    case 'whole':
      option.argParser(whole(setting.least, setting.most));
      break;
    case 'token':
      option.argParser(token);
      break;
    case 'text':
      option.argParser(text);
      break;
    default:
      setting satisfies never;
  }
  return setting.default === undefined ? option : option.default(setting.default);
}

function refuseOddFlags(command: Command): void {
  for (const { envVar, required } of command.options) {
    const value = envVar === undefined || required ? undefined : process.env[envVar];
    if (value === undefined || yes.includes(value)) continue;
    command.error(`error: ${envVar} must be true or false; it was ${JSON.stringify(value)}.`);
  }
}

function whole(least: number, most: number): (given: string) => number {
  return (given) => {
    const value = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function token(given: string): string {
  if (/^\S{1,200}$/.test(given)) return given;
  throw new InvalidArgumentError('It must have 1 to 200 characters and no spaces.');
}

function text(given: string): string {
  if (given.trim() !== '') return given;
  throw new InvalidArgumentError('It must not be empty.');
}

/** Several may stand in one text, split by commas: that is how the variable gives them. */
function readSwitch(given: string, before: ServeFlags['switch'] = {}): ServeFlags['switch'] {
  const pairs = given.split(',').map((pair) => {
    const [, name, value] = /^\s*([A-Za-z]+)=(\S+)\s*$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new InvalidArgumentError('It must look like restoreEvent=40.');
    return [name, value] as const;
  });
  return { ...before, ...Object.fromEntries(pairs) };
}

function readHosts(given: string, before: readonly string[] = []): readonly string[] {
  const names = given.split(',').map((name) => name.trim());
  if (names.every((name) => /^[\w.:-]{1,253}$/.test(name))) return [...before, ...names];
  throw new InvalidArgumentError('It must be a host such as hooks.example.org, without scheme and port.');
}
