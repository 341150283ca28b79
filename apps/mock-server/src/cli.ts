#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addScenarioCommand } from './cli/scenario-command.ts';
import { addServeOptions, type ServeFlags } from './cli/serve-options.ts';
import { addTrafficCommand } from './cli/traffic-command.ts';

const examples = `
Examples:
  hubex-mock serve
  hubex-mock serve --port 0 --json
  hubex-mock serve --host 0.0.0.0 --control-token long-secret-of-yours
  HUBEX_MOCK_ASSETS=5000 hubex-mock serve --switch restoreEvent=40
  hubex-mock scenario steady-day --speed 600
  hubex-mock traffic --rate 50/s --for 10m --to http://127.0.0.1:3000/hook
  hubex-mock wait --event-id 41 --within 5s --server http://127.0.0.1:4010

Every option can be given as a variable: --service-token is HUBEX_MOCK_SERVICE_TOKEN. A flag wins.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong use.
`;

// Somebody who pipes into head has seen enough; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('hubex-mock')
  .description('A believable HubEx on your machine: API, webhooks 40-44, control plane.')
  .version(packageJson.version)
  .showSuggestionAfterError()
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'hubex-mock: ').replace(/\n(?=\()/, ' ')),
  })
  .exitOverride();

const command = program.command('serve').description('start the server').addHelpText('after', examples);
addServeOptions(command).action(async (flags: ServeFlags) => {
  // Loaded only now: --help and --version need neither Express nor the simulator.
  const { serve } = await import('./cli/serve.ts');
  process.exitCode = await serve(flags);
});
addScenarioCommand(program);
addTrafficCommand(program);
// Verbs of the control plane are made from the table of controls, which the server brings along anyway when it is started.
if (!['serve', 'scenario', 'traffic'].includes(process.argv[2] ?? '')) {
  const { addControlCommands } = await import('./cli/control-commands.ts');
  addControlCommands(program);
}
program.addHelpText('after', examples);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
