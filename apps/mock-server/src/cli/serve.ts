import { OptionError } from '@hubex-kit/simulator';
import { pino } from 'pino';
import { createMockServer, ListenError } from '../mock-server.ts';
import { readyBanner } from './banner.ts';
import type { ServeFlags } from './serve-options.ts';
import { typedSwitches } from './switches.ts';

/** Runs until SIGINT or SIGTERM; returns the exit code: 0 stopped, 1 could not start, 2 wrong use. */
export async function serve(flags: ServeFlags): Promise<number> {
  const log = pino({ level: flags.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  const started = await start(flags, (request) => log.info(request, 'request'));
  if (typeof started === 'number') return started;
  const { url, apiUrl, controlUrl, serviceToken, tenantId } = started;
  const ready = { event: 'ready', url, apiUrl, controlUrl, serviceToken, tenantId };
  process.stdout.write(flags.json ? `${JSON.stringify(ready)}\n` : readyBanner(ready));
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  await started.stop();
  return 0;
}

async function start(
  flags: ServeFlags,
  onRequest: (request: { method: string; path: string; status: number }) => void,
): Promise<Awaited<ReturnType<typeof createMockServer>> | number> {
  const { port, host, serviceToken, seed, assets, allowPublicDelivery = false } = flags;
  try {
    const switches = typedSwitches(flags.switch);
    return await createMockServer({ port, host, serviceToken, seed, assets, switches, allowPublicDelivery, onRequest });
  } catch (error) {
    if (!(error instanceof OptionError) && !(error instanceof ListenError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return error instanceof OptionError ? 2 : 1;
  }
}
