import { Command, CommanderError } from 'commander';
import { addCheckCommand } from './check-command.ts';
import { addScenarioCommand } from './scenario-command.ts';
import { addServeOptions, type ServeFlags } from './serve-options.ts';
import { addTrafficCommand } from './traffic-command.ts';

const examples = `
Examples:
  hubex-mock serve
  hubex-mock serve --port 0 --json
  hubex-mock serve --host 0.0.0.0 --control-token long-secret-of-yours
  HUBEX_MOCK_ASSETS=5000 hubex-mock serve --switch restoreEvent=40
  hubex-mock serve --port 0 --exec "npm test"
  hubex-mock check "http://localhost:3000/hook?key=..."
  hubex-mock scenario steady-day --speed 600
  hubex-mock traffic --rate 50/s --for 10m --to http://127.0.0.1:3000/hook
  hubex-mock wait --event-id 41 --within 5s --server http://127.0.0.1:4010

Every option can be given as a variable: --service-token is HUBEX_MOCK_SERVICE_TOKEN; most also as a key of the file of
--config: serviceToken. A flag wins over a variable, a variable over the file.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong use; with --exec that of the command.
`;

/** Reads the command line and does what it says; returns the exit code. Commands load what they need when they run. */
export async function runProgram(args: readonly string[], version: string): Promise<number> {
  let code = 0;
  const program = new Command('hubex-mock')
    .description('A believable HubEx on your machine: API, webhooks 40-44, control plane.')
    .version(version)
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'hubex-mock: ').replace(/\n(?=\()/, ' ')),
    })
    .exitOverride()
    .addHelpText('after', examples);
  const command = program.command('serve').description('start the server').addHelpText('after', examples);
  addServeOptions(command).action(async ({ config }: ServeFlags) => {
    code = (await configured(command, config)) ? await (await import('./serve.ts')).serve(command.opts()) : 2;
  });
  addCheckCommand(program, (exitCode) => {
    code = exitCode;
  });
  addScenarioCommand(program);
  addTrafficCommand(program);
  // Verbs of the control plane are made from the table of controls, which the server brings along anyway when it is started.
  if (!['serve', 'check', 'scenario', 'traffic'].includes(args[0] ?? '')) {
    const { addControlCommands } = await import('./control-commands.ts');
    addControlCommands(program);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code || Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

/** Whether the file of settings, if there is one, could be used; says so on stderr when not. */
async function configured(command: Command, file: string | undefined): Promise<boolean> {
  if (file === undefined) return true;
  const { applyConfigFile, ConfigError } = await import('./config-file.ts');
  try {
    await applyConfigFile(command, file);
    return true;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return false;
  }
}
