import type { Kind } from './finding.ts';
import type { Parity } from './run.ts';

const columns: readonly (readonly [Kind, string])[] = [
  ['path', 'paths'],
  ['operation', 'operations'],
  ['parameter', 'parameters'],
  ['body', 'bodies'],
  ['field', 'fields'],
  ['status', 'statuses'],
  ['header', 'headers'],
];

/** A table of what was compared by service and kind, then whatever needs a person. */
export function parityReport({ documents, skipped, findings, explained, unexplained, stale }: Parity): string {
  const row = (name: string, isIn: (each: { service: string }) => boolean): string => {
    const own = findings.filter(isIn);
    const missing = own.filter(({ problems }) => problems.some((problem) => problem.startsWith('missing')));
    const counts = columns.map(([kind]) => own.filter((finding) => finding.kind === kind).length);
    return line(name, [...counts, missing.length, explained.filter(isIn).length, unexplained.filter(isIn).length]);
  };
  const services = [...new Set(findings.map(({ service }) => service))].sort();
  const titles = [...columns.map(([, title]) => title), 'missing', 'deliberate', 'unexplained'];
  const lines = [
    line('compared', titles),
    ...services.map((name) => row(name, ({ service }) => service === name)),
    row('all', () => true),
    '',
    `${documents.length} documents: ${documents.join(', ')}`,
  ];
  if (skipped.length > 0) lines.push(`Skipped, no OpenAPI documents: ${skipped.join(', ')}`);
  if (unexplained.length > 0)
    lines.push('', 'Unexplained (fix openapi/, or add to openapi/deliberate-differences.yaml with a ledger number):');
  for (const { where, problem } of unexplained) lines.push(`  ${where}: ${problem}`);
  if (stale.length > 0)
    lines.push(
      '',
      'Stale (an entry of openapi/deliberate-differences.yaml or a name in openapi/ that fits nothing any more):',
    );
  for (const entry of stale) lines.push(`  ${entry}`);
  return `${lines.join('\n')}\n`;
}

function line(name: string, cells: readonly (string | number)[]): string {
  return `${name.padEnd(9)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
}
