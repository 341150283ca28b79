#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addServeOptions, type ServeFlags } from './cli/serve-options.ts';

const examples = `
Examples:
  hubex-mock serve
  hubex-mock serve --port 0 --json
  hubex-mock serve --host 0.0.0.0 --control-token long-secret-of-yours
  HUBEX_MOCK_ASSETS=5000 hubex-mock serve --switch restoreEvent=40

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
program.addHelpText('after', examples);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
