import { readFile } from 'node:fs/promises';
import { nearest } from '@hubex-kit/contract/nearest';
import { type Command, InvalidArgumentError } from 'commander';
import { type Setting, serveSettings } from './settings.ts';

/** The file of settings cannot be used; the message says which key and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'mock/bad-config';
}

/**
 * Puts the settings of a YAML file where neither a flag nor a variable gave one. Values are read as those of the flags are.
 * @throws ConfigError for a file that cannot be read, an unknown key (naming the nearest known one) or a value that cannot be used.
 */
export async function applyConfigFile(command: Command, file: string): Promise<void> {
  const settings = await readSettings(file);
  const known = new Map(
    serveSettings.flatMap((setting) => (setting.key === undefined ? [] : [[setting.key, setting]])),
  );
  for (const [key, value] of Object.entries(settings)) {
    // Where an editor finds the schema.
    if (key === '$schema') continue;
    const setting = known.get(key);
    if (!setting) {
      const names = [...known.keys()];
      throw new ConfigError(
        `${file}: there is no setting ${key}; did you mean ${nearest(key, names)}? Known: ${names.join(', ')}.`,
      );
    }
    const option = command.options.find(({ flags }) => flags === setting.flags);
    if (!option) throw new Error(`serve has no option ${setting.flags}.`);
    const name = option.attributeName();
    let read: unknown;
    for (const text of textsOf(value, { setting, where: `${file}: ${key}` })) {
      try {
        read = typeof text === 'string' && option.parseArg ? option.parseArg(text, read as never) : text; // commander types its parsers by nothing
      } catch (error) {
        if (!(error instanceof InvalidArgumentError)) throw error;
        throw new ConfigError(`${file}: ${key} cannot be ${JSON.stringify(text)}. ${error.message}`);
      }
    }
    // Checked even if something else wins: a mistake in the file shows at once, not when the flag is gone.
    const isOpen = [undefined, 'default'].includes(command.getOptionValueSource(name));
    if (isOpen && read !== undefined) command.setOptionValueWithSource(name, read, 'config');
  }
}

async function readSettings(file: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      cause,
    });
  }
  // Loaded only by those who use a file.
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    const [first = ''] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    throw new ConfigError(`${file} is not YAML: ${first}`, { cause });
  }
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  throw new ConfigError(`${file} must hold settings such as \`port: 4010\`, one a line.`);
}

/** A value as the texts its flag would be given; true and false stay what they are. */
function textsOf(
  value: unknown,
  { setting, where }: { setting: Setting; where: string },
): readonly (string | boolean)[] {
  switch (setting.kind) {
    case 'flag':
      if (typeof value === 'boolean') return [value];
      throw new ConfigError(`${where} must be true or false; it was ${JSON.stringify(value)}.`);
    case 'hosts':
      if (Array.isArray(value)) return value.map(String);
      throw new ConfigError(`${where} must be a list; it was ${JSON.stringify(value)}.`);
    case 'switches':
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return Object.entries(value).map(([name, each]) => `${name}=${String(each)}`);
      throw new ConfigError(
        `${where} must hold switches such as \`restoreEvent: "40"\`; it was ${JSON.stringify(value)}.`,
      );
    case 'whole':
      if (typeof value === 'number') return [String(value)];
      throw new ConfigError(`${where} must be a number; it was ${JSON.stringify(value)}.`);
    case 'text':
    case 'token':
    case 'choice':
      if (typeof value === 'string') return [value];
      throw new ConfigError(`${where} must be a text; it was ${JSON.stringify(value)}. Put it in quotes.`);
    default:
      return setting satisfies never;
  }
}
