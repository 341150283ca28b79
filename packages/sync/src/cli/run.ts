import { createHubexClient } from '@hubex-kit/client';
import { type CommandName, readArguments, UsageError } from './arguments.ts';
import { again, compare, contents, doctor, type Report, type Surroundings } from './commands.ts';
import { help } from './help.ts';
import { type BarStream, createProgressBar } from './progress-bar.ts';

const commands: Readonly<
  Record<CommandName, (args: ReturnType<typeof readArguments>, around: Surroundings) => Promise<Report>>
> = {
  doctor,
  reconcile: compare,
  replay: again,
  inbox: contents,
};

/** What a process gives to the command line. */
export interface Process {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Gets the report. */
  readonly stdout: { write(text: string): unknown };
  /** Gets progress and complaints. */
  readonly stderr: BarStream;
  /** Interrupts a long command; what it has done so far is kept. */
  readonly signal: AbortSignal;
}

/** Runs one command line. Resolves with the exit code and never rejects: 0 well, 1 something is wrong, 2 it cannot be used. */
export async function run(argv: readonly string[], host: Process): Promise<0 | 1 | 2> {
  try {
    const args = readArguments(argv);
    if (args.command && !args.help) return (await perform(args, args.command, host)) ? 0 : 1;
    host.stdout.write(`${help[args.command ?? 'main']}\n`);
    return 0;
  } catch (error) {
    host.stderr.write(`hubex-sync: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof UsageError)) return 1;
    host.stderr.write('See hubex-sync --help.\n');
    return 2;
  }
}

async function perform(
  args: ReturnType<typeof readArguments>,
  command: CommandName,
  { environment, stdout, stderr, signal }: Process,
): Promise<boolean> {
  const serviceToken = environment.HUBEX_SERVICE_TOKEN ?? '';
  const baseUrl = String(args.values['base-url'] ?? environment.HUBEX_BASE_URL ?? 'https://api.hubex.ru/fsm');
  const file = String(args.values.inbox ?? environment.HUBEX_INBOX ?? 'hubex-inbox.db');
  let made: ReturnType<typeof createHubexClient> | undefined;
  const client = (): ReturnType<typeof createHubexClient> => {
    if (!serviceToken)
      throw new UsageError('HUBEX_SERVICE_TOKEN is not set; put the service token of an API user there.');
    made ??= createHubexClient({ serviceToken, baseUrl });
    return made;
  };
  // Loaded only now: --help needs no database.
  const { openSqliteInbox } = await import('../inbox/sqlite-inbox.ts');
  const inbox = await openSqliteInbox(file);
  const bar = await createProgressBar(stderr, environment);
  try {
    const report = await commands[command](args, {
      inbox,
      client,
      async tenantId() {
        const { data } = await client().call('issueAccessToken', { body: { serviceToken } });
        if (data?.tenant?.id === undefined)
          throw new Error('HubEx did not say which tenant the service token belongs to.');
        return data.tenant.id;
      },
      now: Date.now,
      signal,
      onProgress: bar.show,
    });
    bar.stop();
    stdout.write(args.json ? `${JSON.stringify(report.json)}\n` : `${report.lines.join('\n')}\n`);
    return report.well;
  } finally {
    bar.stop();
    await inbox.close();
  }
}
