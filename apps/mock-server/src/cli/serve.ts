import { OptionError } from '@hubex-kit/simulator';
import { type Logger, pino } from 'pino';
import { ListenError } from '../listen.ts';
import { createMockServer, type MockServer } from '../mock-server.ts';
import { readyBanner } from './banner.ts';
import type { ServeFlags } from './serve-options.ts';
import { typedSwitches } from './switches.ts';

/** Runs until SIGINT or SIGTERM; returns the exit code: 0 stopped, 1 could not start, 2 wrong use. */
export async function serve(flags: ServeFlags): Promise<number> {
  const isForPeople = !flags.json && !process.env.CI;
  const log = createLog(flags.logLevel ?? (isForPeople ? 'info' : 'warn'));
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  const started = await start(flags, log);
  if (typeof started === 'number') return started;
  const { url, apiUrl, controlUrl, serviceToken, tenantId } = started;
  const ready = { event: 'ready', url, apiUrl, controlUrl, serviceToken, tenantId };
  process.stdout.write(flags.json ? `${JSON.stringify(ready)}\n` : readyBanner(ready));
  await stopped;
  await started.stop();
  return 0;
}

/** JSON lines on stderr, so that stdout stays for the ready line. What is logged holds no address, body or token; keys that might are cut. */
function createLog(level: string): Logger {
  const redact = {
    paths: ['serviceToken', 'controlToken', 'authorization', '*.serviceToken', '*.controlToken', '*.authorization'],
    censor: '***',
  };
  return pino({ level, base: null, redact }, pino.destination({ dest: 2, sync: true }));
}

async function start(flags: ServeFlags, log: Logger): Promise<MockServer | number> {
  const { port, host, serviceToken, seed, assets, tenants, maxTenants, controlToken, allowPublicDelivery } = flags;
  try {
    return await createMockServer({
      ...{ port, host, serviceToken, seed, assets, tenants, maxTenants, allowPublicDelivery },
      ...(controlToken !== undefined && { controlToken }),
      switches: typedSwitches(flags.switch),
      onRequest: (request) => log.debug(request, 'request'),
      onDelivery: (report) => log.info(report, 'delivery'),
      onError: (error) => log.error(error),
    });
  } catch (error) {
    if (!(error instanceof OptionError) && !(error instanceof ListenError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return error instanceof OptionError ? 2 : 1;
  }
}
