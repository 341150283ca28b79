import { OptionError } from '@hubex-kit/simulator';
import type { Logger } from 'pino';
import { DataError } from '../data/data-error.ts';
import { ListenError } from '../listen.ts';
import { createMockServer, type MockServer } from '../mock-server.ts';
import { readyBanner } from './banner.ts';
import { createLog } from './log.ts';
import { writeReadyFile } from './ready-file.ts';
import { runCommand } from './run-command.ts';
import type { ServeFlags } from './serve-options.ts';
import { keepHeapSmall } from './small-heap.ts';
import { typedSwitches } from './switches.ts';

/**
 * Runs until SIGINT or SIGTERM, or until the command it was given ends; returns the exit code: 0 stopped, 1 could not start, 2 wrong use, or
 * that of the command.
 */
export async function serve(flags: ServeFlags): Promise<number> {
  const isForPeople = !flags.json && !process.env.CI;
  const log = createLog(flags.logLevel ?? (isForPeople ? 'info' : 'warn'));
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const started = await start(flags, log);
  if (typeof started === 'number') return started;
  keepHeapSmall();
  try {
    return await run(started, { flags, stopped });
  } catch (error) {
    return complain(error);
  }
}

/** Announces, waits and stops; what could not be written at the end is an error too. */
async function run(
  started: MockServer,
  { flags, stopped }: { flags: ServeFlags; stopped: Promise<void> },
): Promise<number> {
  try {
    await announce(started, flags);
    if (flags.exec !== undefined) return await runCommand(flags.exec, variablesOf(started, flags));
    await stopped;
    return 0;
  } finally {
    await started.stop();
  }
}

async function announce(server: MockServer, { json, readyFile, exec }: ServeFlags): Promise<void> {
  const { url, apiUrl, controlUrl, serviceToken, tenantId } = server;
  const ready = { event: 'ready', url, apiUrl, controlUrl, serviceToken, tenantId };
  const line = `${JSON.stringify(ready)}\n`;
  if (readyFile !== undefined) await writeReadyFile(readyFile, line);
  if (json) process.stdout.write(line);
  // What a command prints is its own.
  else if (exec === undefined) process.stdout.write(readyBanner(ready));
}

function complain(error: unknown): 1 {
  process.stderr.write(`hubex-mock: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

/** What a command finds in its environment. */
function variablesOf(server: MockServer, { controlToken }: ServeFlags): Readonly<Record<string, string>> {
  return {
    HUBEX_URL: server.url,
    // Where the verbs of this command look for a server.
    HUBEX_MOCK_URL: server.url,
    HUBEX_API_URL: server.apiUrl,
    HUBEX_CONTROL_URL: server.controlUrl,
    HUBEX_SERVICE_TOKEN: server.serviceToken,
    HUBEX_TENANT_ID: String(server.tenantId),
    ...(controlToken !== undefined && { HUBEX_CONTROL_TOKEN: controlToken, HUBEX_MOCK_CONTROL_TOKEN: controlToken }),
  };
}

async function start(flags: ServeFlags, log: Logger): Promise<MockServer | number> {
  const {
    port,
    host,
    serviceToken,
    seed,
    assets,
    tenants,
    maxTenants,
    maxDepth,
    controlToken,
    allowPublicDelivery,
    data,
  } = flags;
  try {
    return await createMockServer({
      ...{ port, host, serviceToken, seed, assets, tenants, maxTenants, maxDepth, allowPublicDelivery },
      ...(controlToken !== undefined && { controlToken }),
      ...(data !== undefined && { data }),
      allowHosts: flags.allowHost,
      switches: typedSwitches(flags.switch),
      // Only for somebody who reads it: each line costs more than the call it is about.
      ...(log.isLevelEnabled('debug') && { onRequest: (request) => log.debug(request, 'request') }),
      ...(log.isLevelEnabled('info') && { onDelivery: (report) => log.info(report, 'delivery') }),
      onError: (error) => log.error(error),
    });
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof ListenError || error instanceof DataError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return error instanceof OptionError ? 2 : 1;
  }
}
