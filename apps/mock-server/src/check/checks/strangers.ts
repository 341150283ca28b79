import { describe, isAccepted } from '../accepts.ts';
import { type Check, type Finding, failed, passed } from '../check.ts';
import type { Probe } from '../probe.ts';
import type { SecretPlace } from '../secret-place.ts';
import type { Shot } from '../shot.ts';
import { Connection, type Exchange } from '../wire/connection.ts';

const group = 'strangers';
const anybody = 'Deliveries are not signed: the secret in the address is all that tells HubEx from anybody else.';

type Stranger = Shot & { readonly label: string };

/** Requests without the secret; no label tells it. */
function strangers({ put, raw }: SecretPlace): {
  readonly wrong: readonly Stranger[];
  readonly missing: readonly Stranger[];
} {
  const last = raw.at(-1) ?? '';
  const other = last === 'x' ? 'y' : 'x';
  const swapped = raw.replaceAll(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
  const cases: readonly (readonly [label: string, secret: string])[] = [
    ['another secret of the same length', other.repeat(raw.length)],
    ['the secret with another last character', `${raw.slice(0, -1)}${other}`],
    ['the secret without its last character', raw.slice(0, -1)],
    ['the secret with a character more', `${raw}${other}`],
    ...(swapped === raw ? [] : [['the secret in the other case', swapped] as const]),
  ];
  return {
    wrong: cases.map(([label, secret]) => ({ label, path: put(secret) })),
    missing: [
      { label: 'an empty secret', path: put('') },
      { label: 'no secret', path: put(undefined) },
      {
        label: 'no secret and a header that claims one',
        path: put(undefined),
        headers: { authorization: 'Bearer HubEx' },
      },
    ],
  };
}

/** A check that needs a secret to leave out. */
function withoutSecret(run: (probe: Probe, secret: SecretPlace) => Promise<Finding>): Check['run'] {
  return async (probe) =>
    probe.target.secret
      ? run(probe, probe.target.secret)
      : { kind: 'skipped', reason: 'the address has no secret that could be left out' };
}

async function each(
  probe: Probe,
  shots: readonly Stranger[],
  fault: (exchange: Exchange) => boolean,
): Promise<Finding> {
  for (const shot of shots) {
    const exchange = await probe.send(shot);
    if (fault(exchange)) return failed(`${shot.label}: ${describe(exchange)}`);
  }
  return passed();
}

/** Silence is no refusal either: it may be a 2xx that takes its time. */
const letsIn = (exchange: Exchange): boolean =>
  isAccepted(exchange) || exchange.kind === 'silent' || exchange.kind === 'unreachable';

/** Everybody who is not HubEx. */
export const strangerChecks: readonly Check[] = [
  {
    id: 'secret-in-url',
    group,
    title: 'has a secret in its address',
    severity: 'must',
    why: anybody,
    ledger: ['B146', 'B124'],
    fix: 'Put one there, ?key=..., made with openssl rand -hex 16; best through a ${key} of the tenant, so that the webhook does not show it.',
    async run({ target: { secret } }) {
      return secret
        ? passed(`in ${secret.place}`)
        : failed('no query parameter and no long path segment that could be one');
    },
  },
  {
    id: 'secret-strength',
    group,
    title: 'has a secret that cannot be guessed',
    severity: 'should',
    why: 'An address on the internet is tried by everybody; 128 bits are 22 characters of A-Z a-z 0-9 - _ or 32 of 0-9 a-f.',
    ledger: ['B146'],
    fix: 'Make a new one with openssl rand -hex 16 and let both be valid while you change the webhook.',
    run: withoutSecret(async (_, { value }) => {
      const bitsEach = Math.log2(/^[0-9]+$/.test(value) ? 10 : /^[0-9a-f]+$/i.test(value) ? 16 : 64);
      // Half of the characters at most may be of one kind: aaaa is no secret however long.
      const bits = Math.floor(Math.min(value.length, new Set(value).size * 4) * bitsEach);
      return bits >= 128 ? passed() : failed(`at most ${bits} bits`);
    }),
  },
  {
    id: 'wrong-secret',
    group,
    title: 'refuses a wrong secret',
    severity: 'must',
    why: anybody,
    ledger: ['B146'],
    fix: 'Compare the whole secret, in constant time and with its case, before anything else; answer 404.',
    run: withoutSecret((probe, secret) => each(probe, strangers(secret).wrong, letsIn)),
  },
  {
    id: 'missing-secret',
    group,
    title: 'refuses a request without a secret',
    severity: 'must',
    why: anybody,
    ledger: ['B146'],
    fix: 'Refuse when the secret is missing or empty, and when the one you compare with is not configured.',
    run: withoutSecret((probe, secret) => each(probe, strangers(secret).missing, letsIn)),
  },
  {
    id: 'stranger-junk',
    group,
    title: 'refuses a stranger whatever he sends',
    severity: 'must',
    why: 'A rule that answers 2xx to every unreadable body must not come before the secret.',
    ledger: ['B146', 'B119'],
    fix: 'Check the secret before you read or judge the body.',
    run: withoutSecret((probe, { put }) =>
      each(
        probe,
        ['', 'Доброе утро', '[]'].map((body) => ({
          label: `no secret and the body ${body || 'empty'}`,
          path: put(undefined),
          body,
        })),
        letsIn,
      ),
    ),
  },
  {
    id: 'stranger-status',
    group,
    title: 'refuses strangers with 4xx',
    severity: 'should',
    why: 'A 5xx or a redirect for anybody who knocks hides your own faults in the log, and may be a fault itself.',
    ledger: ['B147'],
    fix: 'Answer 404, or 401 or 403; an error that you throw for a refusal has to become one of them.',
    run: withoutSecret((probe, secret) => {
      const { wrong, missing } = strangers(secret);
      const isOther = (exchange: Exchange): boolean =>
        exchange.kind !== 'answered' || (!isAccepted(exchange) && Math.floor(exchange.reply.status / 100) !== 4);
      return each(probe, [...wrong.slice(0, 2), ...missing], isOther);
    }),
  },
  {
    id: 'stranger-early',
    group,
    title: 'refuses a stranger before it has read his body',
    severity: 'should',
    why: 'Anybody could otherwise make you read and keep what he likes. (Servers that collect bodies first, such as PHP’s, cannot.)',
    ledger: ['B146'],
    fix: 'Check the address as soon as the headers are there, before body parsers.',
    run: withoutSecret(async (probe, { put }) => {
      const label = 'a wrong secret and a body of 10 MB that does not come';
      const connection = await probe.open();
      if (!(connection instanceof Connection)) return failed(`${label}: ${describe(connection)}`);
      const { head } = probe.wire({ path: put('wrong'), headers: { 'content-length': '10000000' } });
      const since = performance.now();
      await connection.write(head, probe.pace.patienceMs);
      const exchange = await probe.answer(connection, { since, label });
      probe.close(connection);
      return letsIn(exchange) ? failed(`${label}: ${describe(exchange)}`) : passed();
    }),
  },
];
