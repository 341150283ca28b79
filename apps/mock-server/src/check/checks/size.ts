import { accepts, blame, describe, isAccepted } from '../accepts.ts';
import { type Check, type Finding, failed, passed } from '../check.ts';
import type { Probe } from '../probe.ts';
import { Connection, type Exchange } from '../wire/connection.ts';

const group = 'size';
/** Senders that stop in the middle of a body at the same time. */
const stragglers = 16;
/** How many times the usual patience a receiver has for a body that never ends. */
const longerPatience = 3;

const inMiB = (bytes: number): string => `${Math.round((bytes / 1_048_576) * 10) / 10} MiB`;

/** Sends the oversize body once for all checks that ask about it. */
function oversize(probe: Probe): Promise<Exchange> {
  const body = JSON.stringify(probe.fields({ Padding: 'x'.repeat(probe.pace.oversize) }));
  return probe.once('oversize', () => probe.send({ label: `a body of ${inMiB(body.length)}`, body }));
}

/** Wants a delivery accepted as if nothing had happened. */
async function afterwards(probe: Probe, what: string): Promise<Finding> {
  const exchange = await probe.send({ label: `the delivery after ${what}` });
  return isAccepted(exchange) ? passed() : blame(`the delivery after ${what}`, exchange);
}

/** Begins a request whose body stops in the middle. */
async function straggle(probe: Probe): Promise<Connection | Exchange> {
  const connection = await probe.open();
  if (!(connection instanceof Connection)) return connection;
  const { head, body } = probe.wire();
  await connection.write(`${head}${body.subarray(0, body.length >> 1)}`, probe.pace.patienceMs);
  return connection;
}

/** Much, too much, and never enough. */
export const sizeChecks: readonly Check[] = [
  {
    id: 'large-delivery',
    group,
    title: 'accepts a delivery of 64 KiB',
    severity: 'should',
    why: 'Deliveries have about 200 bytes today; one with names and old values in it would have more.',
    ledger: ['B142'],
    fix: 'Set the body limit to 64 KiB or more; 1 MiB is a good one.',
    run: accepts((probe) => [
      { label: 'a delivery of 64 KiB', body: JSON.stringify(probe.fields({ Padding: 'x'.repeat(65_000) })) },
    ]),
  },
  {
    id: 'oversize',
    group,
    title: 'answers or hangs up on a body far too large, and goes on',
    severity: 'must',
    why: 'A receiver that hangs or runs out of memory misses the next ten deliveries.',
    ledger: ['B119', 'B148'],
    fix: 'Limit the body (413), read away or cut off the rest, and keep serving.',
    async run(probe) {
      const exchange = await oversize(probe);
      if (exchange.kind === 'silent' || exchange.kind === 'unreachable')
        return blame(`a body of ${inMiB(probe.pace.oversize)}`, exchange);
      return afterwards(probe, `a body of ${inMiB(probe.pace.oversize)}`);
    },
  },
  {
    id: 'body-limit',
    group,
    title: 'has a limit for bodies',
    severity: 'should',
    why: 'Whoever has the address could otherwise fill the memory with one request.',
    ledger: ['B142'],
    fix: 'Answer 413 above 1 MiB or so: client_max_body_size in nginx, limit in express.json, maxBodyBytes of @hubex-kit/receiver.',
    async run(probe) {
      const exchange = await oversize(probe);
      return isAccepted(exchange) ? failed(`a body of ${inMiB(probe.pace.oversize)}: ${describe(exchange)}`) : passed();
    },
  },
  {
    id: 'unfinished-body',
    group,
    title: 'gives a body up that never ends',
    severity: 'should',
    why: 'Connections whose other side has vanished pile up until none is left.',
    ledger: ['B148'],
    fix: 'Limit the time a body may take to 5-15 seconds and answer 408 or hang up.',
    async run(probe) {
      const connection = await straggle(probe);
      const label = 'half a body and then nothing';
      if (!(connection instanceof Connection)) return blame(label, connection);
      const since = performance.now();
      const patience = probe.pace.patienceMs * longerPatience;
      const isNoticed = await connection.stirred(patience);
      const exchange = isNoticed ? await probe.answer(connection, { since, label }) : undefined;
      probe.close(connection);
      if (!exchange) return failed(`${label}: still waiting after ${patience} ms`);
      return isAccepted(exchange) ? failed(`${label}: ${describe(exchange)}`) : passed();
    },
  },
  {
    id: 'slow-neighbours',
    group,
    title: `serves a delivery while ${stragglers} others stop in the middle of their bodies`,
    severity: 'should',
    why: 'With one worker at a time, a single stalled sender holds up the whole storm.',
    ledger: ['B149', 'B148'],
    fix: 'Use a server that reads requests concurrently, or put a proxy in front that collects bodies.',
    async run(probe) {
      const others = await Promise.all(Array.from({ length: stragglers }, () => straggle(probe)));
      const finding = await afterwards(probe, 'sixteen that stopped');
      for (const other of others) if (other instanceof Connection) probe.close(other);
      return finding;
    },
  },
];
