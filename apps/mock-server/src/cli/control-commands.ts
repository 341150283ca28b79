import { type ControlDefinition, ControlError, controls, type Field, readInput } from '@hubex-kit/simulator';
import { type Command, Option } from 'commander';
import { runControl } from './run-control.ts';

/** Flags that every verb has. */
export interface ControlFlags {
  readonly server: string;
  readonly tenant?: string;
  readonly controlToken?: string;
  readonly json: boolean;
}

const own: ReadonlySet<string> = new Set(['server', 'tenant', 'controlToken', 'json', 'help']);

/** `setClock` is `set-clock`. */
function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Adds a verb for each control that has none of its own: its flags, checks and help come from the table of controls. */
export function addControlCommands(program: Command): void {
  for (const [name, definition] of Object.entries(controls)) {
    if (program.commands.some((each) => each.name() === kebab(name))) continue;
    const command = program.command(kebab(name)).description(definition.summary).helpGroup('Drive a running server:');
    for (const [field, described] of Object.entries(definition.input)) command.addOption(flagOf(field, described));
    command
      .addOption(
        new Option('--server <url>', 'the running mock').env('HUBEX_MOCK_URL').default('http://127.0.0.1:4010'),
      )
      .addOption(new Option('--tenant <token>', 'service token or id of the tenant').env('HUBEX_MOCK_TENANT'))
      .addOption(new Option('--control-token <token>', 'if the server asks for one').env('HUBEX_MOCK_CONTROL_TOKEN'))
      .addOption(new Option('--json', 'one line of JSON').default(false))
      .addHelpText('after', helpOf(name, definition))
      .action(async (flags: ControlFlags & Readonly<Record<string, unknown>>) => {
        process.exitCode = await carryOut(name, { definition, flags, command });
      });
  }
}

async function carryOut(
  name: string,
  { definition, flags, command }: { definition: ControlDefinition; flags: ControlFlags; command: Command },
): Promise<number> {
  const given = Object.entries(flags).filter(([flag, value]) => !own.has(flag) && value !== undefined);
  const texts = given.flatMap(([field, value]) => [value].flat().map((each) => [field, String(each)] as const));
  try {
    readInput(definition.input, { texts });
  } catch (error) {
    if (error instanceof ControlError) command.error(`error: ${error.message}`);
    throw error;
  }
  return runControl(name, { texts, definition, flags });
}

function flagOf(name: string, field: Field): Option {
  const long = `--${kebab(name)}`;
  // Shown, not set: what is left out is filled in by the server.
  const preset =
    'default' in field && field.default !== undefined ? ` (default: ${JSON.stringify(field.default)})` : '';
  const values = field.kind === 'enum' ? ` (${field.values.join(', ')})` : '';
  const text = `${field.doc}${values}${preset}`;
  switch (field.kind) {
    case 'boolean':
      return new Option(`${long} [true|false]`, text).preset('true');
    case 'list':
      return new Option(`${long} <value...>`, text);
    default:
      return new Option(`${long} <${field.kind}>`, text);
  }
}

function helpOf(name: string, { returns, examples }: ControlDefinition): string {
  const lines = examples.map((example) => {
    const flags = Object.entries(example).map(([field, value]) => ` --${kebab(field)} ${quoted(value)}`);
    return `  hubex-mock ${kebab(name)}${flags.join('')}`;
  });
  return `\nPrints ${returns}.\n\nExamples:\n${lines.join('\n')}\n\nExit codes: 0 done, 1 not as asked or not reached, 2 wrong use.\n`;
}

/** Fit for a shell. */
function quoted(value: unknown): string {
  if (Array.isArray(value)) return value.map(quoted).join(' ');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
