import { Command, CommanderError } from 'commander';
import { addServeOptions, type ServeFlags } from './serve-options.ts';

const examples = `
Examples:
  hubex-mock serve
  hubex-mock serve --port 0 --json
  hubex-mock serve --host 0.0.0.0 --control-token long-secret-of-yours
  HUBEX_MOCK_ASSETS=5000 hubex-mock serve --switch restoreEvent=40

Every option can be given as a variable: --service-token is HUBEX_MOCK_SERVICE_TOKEN. A flag wins.
Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong use.
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
  addServeOptions(command).action(async (flags: ServeFlags) => {
    const { serve } = await import('./serve.ts');
    code = await serve(flags);
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}
