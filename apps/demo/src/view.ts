import { assetEvents } from '@hubex-kit/sdk/events';
import pc from 'picocolors';
import type { Happening, Tally } from './tally.ts';

/** What there is to show at a moment. */
export interface Progress {
  readonly expected: Tally;
  readonly received: Tally;
  /** Latest lines, newest last. */
  readonly lines: readonly string[];
}

/** The live table with the latest lines below it. */
export function table({ expected, received, lines }: Progress): string {
  const rows = assetEvents.map(({ id, titleRu }) => {
    const [want, have] = [expected.of(id), received.of(id)];
    const text = `  ${id}  ${titleRu.padEnd(28)} ${String(want).padStart(6)} ${String(have).padStart(9)}`;
    return have < want ? pc.yellow(text) : pc.green(text);
  });
  const head = pc.bold(`  ID  ${'Event'.padEnd(28)} ${'caused'.padStart(6)} ${'received'.padStart(9)}`);
  return [head, ...rows, '', ...lines.map((line) => pc.dim(`  ${line}`))].join('\n');
}

/** The numbers at the end. */
export interface Outcome {
  readonly caused: number;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly unexpected: number;
  readonly byEventId: Readonly<Record<string, { readonly caused: number; readonly received: number }>>;
  /** What did not arrive, at most 100. */
  readonly missing: readonly Happening[];
}

/** Counts up. `sent` is what the mock server says it delivered. */
export function outcome({ expected, received }: Progress, sent: number): Outcome {
  const missing = expected.without(received);
  return {
    caused: expected.total,
    sent,
    received: received.total,
    lost: missing.length,
    unexpected: received.without(expected).length,
    byEventId: Object.fromEntries(
      assetEvents.map(({ id }) => [id, { caused: expected.of(id), received: received.of(id) }]),
    ),
    missing: missing.slice(0, 100),
  };
}

/** Whether every event caused arrived, nothing else did, and each of the five ids was among them. */
export function isGood({ lost, unexpected, byEventId }: Outcome): boolean {
  return lost === 0 && unexpected === 0 && Object.values(byEventId).every(({ received }) => received > 0);
}

/** The summary for people. */
export function summary(result: Outcome): string {
  const { caused, sent, received, lost, unexpected, missing } = result;
  const verdict = isGood(result) ? pc.green('lost = 0') : pc.red(`lost = ${lost}, unexpected = ${unexpected}`);
  const details = missing
    .slice(0, 10)
    .map(({ eventId, assetId }) => `  missing: event ${eventId} for asset ${assetId}`);
  return ['', `  caused ${caused}, sent ${sent}, received ${received}, ${verdict}`, ...details, ''].join('\n');
}

/** What a new user does after this. */
export const next: string = `  Next: npm run mock -- serve     a HubEx of your own, with its dashboard
        README.md, docs/          your receiver, your tests, the client
`;

/** Where everything is. */
export function addresses(
  places: Readonly<Record<'apiUrl' | 'controlUrl' | 'serviceToken' | 'receiver', string>>,
): string {
  const { apiUrl, controlUrl, serviceToken, receiver } = places;
  return [
    `  API            ${apiUrl}`,
    `  Control plane  ${controlUrl}/deliveries`,
    `  Service token  ${serviceToken}`,
    `  Receiver       ${receiver}`,
    '',
  ].join('\n');
}
