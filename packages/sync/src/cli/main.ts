#!/usr/bin/env node
import { createHubexClient } from '@hubex-kit/client';
import { type CommandName, readArguments, UsageError } from './arguments.ts';
import { again, compare, contents, doctor, type Report, type Surroundings } from './commands.ts';
import { help } from './help.ts';

const commands: Readonly<
  Record<CommandName, (args: ReturnType<typeof readArguments>, around: Surroundings) => Promise<Report>>
> = {
  doctor,
  reconcile: compare,
  replay: again,
  inbox: contents,
};

async function run(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const args = readArguments(argv);
  if (args.help || !args.command) {
    process.stdout.write(`${help[args.command ?? 'main']}\n`);
    return 0;
  }
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
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  // Loaded only now: --help needs no database.
  const { openSqliteInbox } = await import('../inbox/sqlite-inbox.ts');
  const inbox = await openSqliteInbox(file);
  try {
    const report = await commands[args.command](args, {
      inbox,
      client,
      async tenantId() {
        const { data } = await client().call('issueAccessToken', { body: { serviceToken } });
        if (data?.tenant?.id === undefined)
          throw new Error('HubEx did not say which tenant the service token belongs to.');
        return data.tenant.id;
      },
      now: Date.now,
      signal: stopped.signal,
      onProgress({ rows, total }) {
        // A bar of thirty characters where somebody watches; nothing in a log.
        const filled = total === 0 ? 30 : Math.round((30 * rows) / total);
        if (process.stderr.isTTY)
          process.stderr.write(
            `\r${'█'.repeat(filled).padEnd(30, '░')} ${rows} of ${total}${rows >= total ? '\n' : ''}`,
          );
      },
    });
    process.stdout.write(args.json ? `${JSON.stringify(report.json)}\n` : `${report.lines.join('\n')}\n`);
    return report.well ? 0 : 1;
  } finally {
    await inbox.close();
  }
}

run(process.argv.slice(2), process.env).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`hubex-sync: ${message}\n`);
    if (error instanceof UsageError) process.stderr.write('See hubex-sync --help.\n');
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
