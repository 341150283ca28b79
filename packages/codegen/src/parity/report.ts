import type { Kind } from './compare.ts';
import type { Parity } from './run.ts';

const kinds: readonly Kind[] = ['path', 'operation', 'parameter', 'body', 'field', 'status'];

/** A table by service and kind, then whatever needs a person. */
export function parityReport({ findings, explained, unexplained, stale }: Parity): string {
  const services = [...new Set(findings.map(({ service }) => service))].sort();
  const head = `${'service'.padEnd(9)}${kinds.map((kind) => `${kind}s`.replace('bodys', 'bodies').replace('statuss', 'statuses').padStart(12)).join('')}${'deliberate'.padStart(12)}${'unexplained'.padStart(13)}`;
  const row = (name: string, isIn: (service: string) => boolean): string => {
    const counts = kinds.map(
      (kind) => findings.filter((finding) => finding.kind === kind && isIn(finding.service)).length,
    );
    const meant = explained.filter(({ service }) => isIn(service)).length;
    const open = unexplained.filter(({ service }) => isIn(service)).length;
    return `${name.padEnd(9)}${counts.map((count) => String(count).padStart(12)).join('')}${String(meant).padStart(12)}${String(open).padStart(13)}`;
  };
  const lines = [head, ...services.map((name) => row(name, (service) => service === name)), row('all', () => true)];
  if (unexplained.length > 0)
    lines.push('', 'Unexplained (fix openapi/, or add to openapi/deliberate-differences.yaml with a ledger number):');
  for (const { where, problem } of unexplained) lines.push(`  ${where}: ${problem}`);
  if (stale.length > 0) lines.push('', 'Stale entries of openapi/deliberate-differences.yaml:');
  for (const entry of stale) lines.push(`  ${entry}`);
  return `${lines.join('\n')}\n`;
}
