import type { Clock } from '@hubex-kit/simulator';
import { SingleBar } from 'cli-progress';
import { LoadError } from '../load/load-error.ts';
import { isFlawless, type LoadResult } from '../load/load-result.ts';
import { openLoadSender } from '../load/load-sender.ts';
import { type Load, runLoad } from '../load/run-load.ts';
import { readTrafficFlags } from './read-traffic-flags.ts';
import type { TrafficFlags } from './traffic-command.ts';

/** Fractions of a millisecond matter to latencies. */
const preciseClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Puts load on a receiver; returns the exit code: 0 all answered with 2xx, 2 wrong use, 3 not all. */
export async function traffic(flags: TrafficFlags): Promise<number> {
  try {
    const { to, plan, timeoutMs } = readTrafficFlags(flags);
    const { connections } = plan;
    const sender = await openLoadSender(to, { connections, timeoutMs, allowHosts: flags.allowHost });
    const load = runLoad(plan, { send: sender.send, clock: preciseClock });
    // The first signal ends it in good order, the second at once.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, load.stop);
    const hide = flags.quiet ? (): void => undefined : showProgress(load, flags);
    const result = await load.over;
    hide();
    await sender.close();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, load.stop);
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : table(result));
    return isFlawless(result) ? 0 : 3;
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    process.stderr.write(`hubex-mock: ${error.message}\n`);
    return 2;
  }
}

/** On stderr, so that stdout stays for the result; without a terminal a line every ten seconds. Returns what takes it away. */
function showProgress(load: Load, { rate }: TrafficFlags): () => void {
  const bar = new SingleBar({
    format: `  {bar} {percentage} % of the time, {sent} sent at ${rate}, {lost} lost`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    hideCursor: true,
    clearOnComplete: true,
  });
  const update = (): void => {
    const { part, sent, lost } = load.progress();
    bar.update(Math.round(part * 100), { sent, lost });
  };
  bar.start(100, 0, { sent: 0, lost: 0 });
  const timer = setInterval(update, 250);
  return () => {
    clearInterval(timer);
    update();
    bar.stop();
  };
}

function table(result: LoadResult): string {
  const { sent, answered, lost, lostBy, unsent, latencyMs, seconds, perSecond } = result;
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} × ${count}`)
      .join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['sent', `${sent} in ${seconds} s (${perSecond.reached}/s of ${perSecond.asked}/s)`],
    ['answered', list(answered) || 'none'],
    ['lost', lost === 0 ? '0' : `${lost}: ${list(lostBy)}`],
    ['unsent', unsent === 0 ? '0' : `${unsent}: every connection was taken`],
    [
      'latency',
      latencyMs
        ? `p50 ${latencyMs.p50} ms, p90 ${latencyMs.p90} ms, p99 ${latencyMs.p99} ms, max ${latencyMs.max} ms`
        : 'unknown',
    ],
  ];
  return `${rows.map(([name, text]) => `  ${name.padEnd(9)} ${text}`).join('\n')}\n`;
}
