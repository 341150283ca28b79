import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readLedger } from '../document.ts';
import { root } from '../root.ts';
import { compareSpecs, namedSchemas } from './compare.ts';
import { type Judged, judge, readDeliberate } from './deliberate.ts';
import type { Finding, Spec } from './finding.ts';

/** The whole comparison. */
export interface Parity extends Judged {
  /** Files compared, by name. */
  readonly documents: readonly string[];
  /** JSON files of the folder that are no OpenAPI documents. */
  readonly skipped: readonly string[];
  readonly findings: readonly Finding[];
}

/** Compares every OpenAPI document (*.json) of the folder with our bundle. @throws naming the file that cannot be read, or when there is none. */
export function runParity(folder: string): Parity {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const documents = new Map<string, Spec>();
  for (const file of files) {
    const document = readJson(join(folder, file));
    if (isSpec(document)) documents.set(file, document);
  }
  if (documents.size === 0) throw new Error(`${folder} holds no OpenAPI documents (*.json with paths)`);
  const ours = readJson(join(root, 'openapi/dist/openapi.json'));
  if (!isSpec(ours)) throw new Error('openapi/dist/openapi.json is no OpenAPI document; run npm run generate');
  const findings = [...documents].flatMap(([file, document]) => compareFile(file, { document, ours }));
  const { differences } = parse(readFileSync(join(root, 'openapi/deliberate-differences.yaml'), 'utf8'));
  const deliberate = readDeliberate(differences);
  const ledger = new Set(readLedger().map(({ id }) => id));
  const skipped = files.filter((file) => !documents.has(file));
  const judged = judge(findings, { deliberate, ledger });
  const unheld = namedSchemas(ours)
    .filter(({ name }) => !findings.some(({ where }) => where === `schema ${name}`))
    .map(({ name, vendorName }) => `schema ${name}: no document has ${vendorName}`);
  return { documents: [...documents.keys()], skipped, findings, ...judged, stale: [...judged.stale, ...unheld] };
}

function compareFile(file: string, { document, ours }: { document: Spec; ours: Spec }): readonly Finding[] {
  try {
    return compareSpecs(document, ours);
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function isSpec(document: unknown): document is Spec {
  return typeof document === 'object' && document !== null && 'paths' in document;
}
