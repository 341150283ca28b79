import { assetEvents } from '@hubex-kit/contract/events';
import { blame, describe, isAccepted } from '../accepts.ts';
import { type Check, type Finding, failed, passed } from '../check.ts';
import type { Probe } from '../probe.ts';
import { Connection, type Exchange } from '../wire/connection.ts';

const group = 'storm';

/** How a storm went. */
interface Weather {
  readonly refused: readonly Exchange[];
  readonly sent: number;
  /** Milliseconds each answer took, shortest first. */
  readonly times: readonly number[];
  readonly lastedMs: number;
}

/** Many deliveries, as many at once as told, half of them on kept connections; made once for all checks that ask about it. */
function storm(probe: Probe): Promise<Weather> {
  return probe.once('storm', async () => {
    const { storm: count, atOnce } = probe.pace;
    const since = performance.now();
    const exchanges: Exchange[] = [];
    let next = 0;
    const worker = async (isKeeping: boolean): Promise<void> => {
      let kept: Connection | undefined;
      for (let index = next++; index < count; index = next++) {
        const [exchange, connection] = await deliver(probe, { index, kept });
        kept = isKeeping && connection && !isOver(exchange) ? connection : undefined;
        if (connection && !kept) probe.close(connection);
        exchanges.push(exchange);
        // A receiver that is down is not asked five hundred times.
        if (exchanges.filter((each) => each.kind !== 'answered').length > atOnce) break;
      }
      if (kept) probe.close(kept);
    };
    await Promise.all(Array.from({ length: atOnce }, (_, index) => worker(index % 2 === 0)));
    const times = exchanges.map(({ ms }) => ms).sort((a, b) => a - b);
    const refused = exchanges.filter((exchange) => !isAccepted(exchange));
    return { refused, times, sent: exchanges.length, lastedMs: performance.now() - since };
  });
}

function isOver(exchange: Exchange): boolean {
  return exchange.kind !== 'answered' || exchange.reply.closes;
}

async function deliver(
  probe: Probe,
  { index, kept }: { index: number; kept: Connection | undefined },
): Promise<readonly [Exchange, Connection?]> {
  const { id } = assetEvents[index % assetEvents.length] ?? assetEvents[0];
  const fields = { ...probe.fields(), AssetID: 101 + (index % 300), EventID: id };
  const { head, body } = probe.wire({ body: JSON.stringify(fields) });
  const since = performance.now();
  const attempt = async (connection: Connection): Promise<Exchange> => {
    await connection.write(`${head}${body}`, probe.pace.patienceMs);
    return probe.answer(connection, { since, label: 'a delivery of the storm' });
  };
  if (kept && !kept.isOver) {
    const before = kept.heard;
    const exchange = await attempt(kept);
    // Closed while the request was on its way and without a word: clients then take a new connection.
    if (exchange.kind !== 'broken' || kept.heard > before) return [exchange, kept];
  }
  if (kept) probe.close(kept);
  const connection = await probe.open();
  return connection instanceof Connection ? [await attempt(connection), connection] : [connection];
}

function nearlyAll(times: readonly number[]): number {
  return Math.round(times[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? 0);
}

/** What mass operations do, and whether anything is left of the receiver after all of it. */
export const stormChecks: readonly Check[] = [
  {
    id: 'storm',
    group,
    title: 'accepts every delivery of a storm',
    severity: 'must',
    why: 'Mass import, mass edit and mass delete send one call for each asset, several at a time.',
    ledger: ['B149', 'B151', 'B173', 'B182'],
    fix: 'Store and answer; let workers do the rest. Refuse nothing for being too much (429, 503): it counts as a failure.',
    async run(probe) {
      const { refused, sent, times, lastedMs } = await storm(probe);
      const [first] = refused;
      if (first) return failed(`${refused.length} of ${sent} failed; the first one: ${describe(first)}`);
      const rate = Math.round(sent / (lastedMs / 1000));
      return passed(`${sent} deliveries, ${rate} a second, 99 of 100 within ${nearlyAll(times)} ms`);
    },
  },
  {
    id: 'storm-pace',
    group,
    title: 'answers 99 of 100 deliveries of a storm at once',
    severity: 'should',
    why: 'How long HubEx waits is not known (30 seconds are assumed), and slow answers delay whatever queues behind them.',
    ledger: ['B148', 'B149'],
    fix: 'Do nothing between reading and storing: no calls of the API, no mail, no locks.',
    async run(probe) {
      const { times } = await storm(probe);
      const ms = nearlyAll(times);
      return ms <= probe.pace.promptMs ? passed(`${ms} ms`) : failed(`99 of 100 within ${ms} ms`);
    },
  },
  {
    id: 'still-there',
    group,
    title: 'accepts a delivery after all that',
    severity: 'must',
    why: 'Whatever came before, the next delivery is a real one.',
    ledger: ['B119'],
    fix: 'Find out which check broke it: run them one by one with --only.',
    async run(probe): Promise<Finding> {
      const exchange = await probe.send({ label: 'the last delivery' });
      return isAccepted(exchange) ? passed() : blame('the last delivery', exchange);
    },
  },
];
