import { assetEvents } from '@hubex-kit/sdk/events';
import pc from 'picocolors';
import type { Tally } from './tally.ts';

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
}

/** Counts up. `sent` is what the mock server says it delivered. */
export function outcome(progress: Progress, sent: number): Outcome {
  const { expected, received } = progress;
  return {
    caused: expected.total,
    sent,
    received: received.total,
    lost: expected.without(received).length,
    unexpected: received.without(expected).length,
    byEventId: Object.fromEntries(
      assetEvents.map(({ id }) => [id, { caused: expected.of(id), received: received.of(id) }]),
    ),
  };
}

/** The summary for people. */
export function summary(result: Outcome, progress: Progress): string {
  const { caused, sent, received, lost, unexpected } = result;
  const missing = progress.expected.without(progress.received).slice(0, 10);
  const verdict =
    lost === 0 && unexpected === 0 ? pc.green(`lost = ${lost}`) : pc.red(`lost = ${lost}, unexpected = ${unexpected}`);
  const details = missing.map(({ eventId, assetId }) => `  missing: event ${eventId} for asset ${assetId}`);
  return ['', `  caused ${caused}, sent ${sent}, received ${received}, ${verdict}`, ...details, ''].join('\n');
}
