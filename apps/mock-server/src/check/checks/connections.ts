import { blame, describe, isAccepted } from '../accepts.ts';
import { type Check, failed, passed } from '../check.ts';
import { Connection } from '../wire/connection.ts';

const group = 'transport';

/** What happens on one connection. */
export const connectionChecks: readonly Check[] = [
  {
    id: 'keep-alive',
    group,
    title: 'answers a second delivery on the same connection, or closes it',
    severity: 'must',
    why: 'HTTP clients keep connections; bytes of a body that nobody read become the next request.',
    ledger: ['B149'],
    fix: 'Read each body to its end before you answer, or send Connection: close.',
    async run(probe) {
      const connection = await probe.open();
      if (!(connection instanceof Connection)) return blame('the first delivery', connection);
      for (const label of ['the first delivery', 'the second one on the same connection', 'the third one']) {
        const since = performance.now();
        const { head, body } = probe.wire();
        await connection.write(`${head}${body}`, probe.pace.patienceMs);
        const exchange = await probe.answer(connection, { since, label });
        if (!isAccepted(exchange)) {
          // Closed in between without a word: rude, but a client takes a new connection.
          if (exchange.kind === 'broken' && label !== 'the first delivery' && !exchange.reason.includes('begins'))
            break;
          return blame(label, exchange);
        }
        if (exchange.kind === 'answered' && exchange.reply.closes) break;
      }
      probe.close(connection);
      return passed();
    },
  },
  {
    id: 'pipelined',
    group,
    title: 'answers two deliveries that come in one piece',
    severity: 'should',
    why: 'A proxy may send the next request before it has the answer to the last.',
    ledger: ['B149'],
    fix: 'Let a real HTTP server read requests; answer them in order, or close after the first.',
    async run(probe) {
      const connection = await probe.open();
      if (!(connection instanceof Connection)) return blame('two in one piece', connection);
      const { head, body } = probe.wire();
      const since = performance.now();
      await connection.write(`${head}${body}${head}${body}`, probe.pace.patienceMs);
      const first = await probe.answer(connection, { since, label: 'the first of two in one piece' });
      if (!isAccepted(first)) return blame('the first of two in one piece', first);
      if (first.kind === 'answered' && first.reply.closes) return passed('closes after the first');
      const second = await probe.answer(connection, { since, label: 'the second of two in one piece' });
      probe.close(connection);
      if (isAccepted(second)) return passed();
      return second.kind === 'broken' && connection.isOver
        ? passed('closes after the first')
        : blame('the second of two in one piece', second);
    },
  },
  {
    id: 'connection-close',
    group,
    title: 'closes the connection when asked to',
    severity: 'should',
    why: 'Connections that stay open for nothing run out in a storm.',
    ledger: ['B149'],
    fix: 'Honour Connection: close; any HTTP server does unless a proxy in front takes the header away.',
    async run(probe) {
      const connection = await probe.open();
      if (!(connection instanceof Connection)) return blame('Connection: close', connection);
      const { head, body } = probe.wire({ headers: { connection: 'close' } });
      const since = performance.now();
      await connection.write(`${head}${body}`, probe.pace.patienceMs);
      const exchange = await probe.answer(connection, { since, label: 'Connection: close' });
      const isClosed = await connection.closed(probe.pace.patienceMs);
      probe.close(connection);
      if (!isAccepted(exchange)) return blame('Connection: close', exchange);
      return isClosed ? passed() : failed(`${describe(exchange)}, and the connection stayed open`);
    },
  },
  {
    id: 'keeps-connections',
    group,
    title: 'keeps a connection for the next delivery',
    severity: 'info',
    why: 'A new connection for each delivery of a storm costs both sides time, with TLS most of it.',
    ledger: ['B149'],
    fix: 'Let your server keep connections for some seconds.',
    async run(probe) {
      const exchange = await probe.send();
      if (exchange.kind !== 'answered') return blame('a delivery', exchange);
      return exchange.reply.closes ? failed('each answer closes its connection') : passed();
    },
  },
];
