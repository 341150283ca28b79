import { assetEvents } from '@hubex-kit/contract/events';
import { describe } from '../accepts.ts';
import { type Check, failed, passed } from '../check.ts';

const group = 'answers';
/** Bytes of an answer nobody reads. */
const longAnswer = 65_536;

/** What the receiver says, and how soon. */
export const answerChecks: readonly Check[] = [
  {
    id: 'no-redirect',
    group,
    title: 'answers a delivery without a redirect',
    severity: 'must',
    why: 'HubEx does not follow redirects: each one counts as a failure.',
    ledger: ['B147'],
    fix: 'Register the final address: https instead of http, with or without the last slash, with www or without.',
    async run(probe) {
      const exchange = await probe.send();
      const isRedirect = exchange.kind === 'answered' && exchange.reply.status >= 300 && exchange.reply.status < 400;
      return isRedirect ? failed(describe(exchange)) : passed();
    },
  },
  {
    id: 'prompt',
    group,
    title: 'answers each of the five events at once',
    severity: 'should',
    why: 'How long HubEx waits is not known: 30 seconds are assumed, but eight slow answers hold up all other calls.',
    ledger: ['B148', 'B149'],
    fix: 'Answer before you do anything about the delivery.',
    async run(probe) {
      let slowest = 0;
      for (const { id } of assetEvents) {
        const exchange = await probe.send({ body: probe.samples.of(id).body });
        if (exchange.kind !== 'answered') return failed(`event ${id}: ${describe(exchange)}`);
        if (exchange.ms > probe.pace.promptMs)
          return failed(`event ${id}: answered after ${Math.round(exchange.ms)} ms`);
        slowest = Math.max(slowest, exchange.ms);
      }
      return passed(`slowest ${Math.round(slowest)} ms`);
    },
  },
  {
    id: 'short-answer',
    group,
    title: 'answers with a short body or none',
    severity: 'should',
    why: 'HubEx keeps the status and, of a failure, a text; a page of HTML is traffic for nothing.',
    ledger: ['B120', 'B147'],
    fix: 'Answer 204, or 200 with an empty body.',
    async run(probe) {
      const exchange = await probe.send();
      if (exchange.kind !== 'answered') return failed(describe(exchange));
      const { length } = exchange.reply.body;
      return length > longAnswer ? failed(`an answer of ${length} bytes`) : passed();
    },
  },
  ...(['GET', 'HEAD'] as const).map(
    (method): Check => ({
      id: `probe-${method.toLowerCase()}`,
      group,
      title: `answers ${method} in good order`,
      severity: 'should',
      why: 'Monitoring, browsers and people look whether the address is alive; that must neither hang nor look like a crash.',
      ledger: ['B140'],
      fix: `Answer ${method} with 2xx, 404 or 405.`,
      async run(probe) {
        const label = `${method} with the right secret`;
        const shot = { label, method, framing: 'none', headers: { 'content-type': undefined } } as const;
        const exchange = await probe.send(shot);
        if (exchange.kind === 'answered' && exchange.reply.status < 500) return passed(describe(exchange));
        return failed(`${label}: ${describe(exchange)}`);
      },
    }),
  ),
];

/** What answers gave away in the whole run: these come last. */
export const betrayalChecks: readonly Check[] = [
  {
    id: 'no-secret',
    group: 'betrayals',
    title: 'never repeats the secret in an answer',
    severity: 'must',
    why: 'HubEx keeps the text of the last failure (lastCall.exception), and others may read it there; logs and proxies keep answers too.',
    ledger: ['B120', 'B146'],
    fix: 'Do not put the request’s address into answers, error pages or redirects.',
    async run({ betrayals: { secret } }) {
      return secret === undefined ? passed() : failed(`the answer to ${secret} holds it`);
    },
  },
  {
    id: 'no-internals',
    group: 'betrayals',
    title: 'never answers with a stack trace',
    severity: 'should',
    why: 'It shows paths and versions to whoever sends junk, strangers included.',
    ledger: ['B120'],
    fix: 'Switch the debug mode off and catch errors where requests come in.',
    async run({ betrayals: { internals } }) {
      return internals === undefined ? passed() : failed(`the answer to ${internals} holds one`);
    },
  },
  {
    id: 'no-banner',
    group: 'betrayals',
    title: 'does not tell which version of which software it runs',
    severity: 'info',
    why: 'Whoever scans for a weak version finds it by this header.',
    ledger: [],
    fix: 'Switch it off: app.disable("x-powered-by"), expose_php = Off, server_tokens off.',
    async run(probe) {
      const exchange = await probe.send();
      if (exchange.kind !== 'answered') return failed(describe(exchange));
      const names = ['server', 'x-powered-by', 'x-aspnet-version'];
      const telling = names.filter(
        (name) =>
          /\d/.test(exchange.reply.headers.get(name) ?? '') || (name !== 'server' && exchange.reply.headers.has(name)),
      );
      return telling.length > 0 ? failed(`the header ${telling.join(' and ')}`) : passed();
    },
  },
];
