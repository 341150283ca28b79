import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readLedger } from '../document.ts';
import { root } from '../root.ts';
import { compareSpecs, type Finding, type Spec } from './compare.ts';
import { type Deliberate, type Judged, judge } from './deliberate.ts';

/** The whole comparison. */
export interface Parity extends Judged {
  readonly findings: readonly Finding[];
}

/** Compares every document of the folder with our bundle. @throws when the folder holds no OpenAPI documents. */
export function runParity(folder: string): Parity {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const read = (path: string): Spec => JSON.parse(readFileSync(path, 'utf8'));
  const documents = files.map((file) => read(join(folder, file))).filter(({ paths }) => paths !== undefined);
  if (documents.length === 0) throw new Error(`${folder} holds no OpenAPI documents (*.json with paths).`);
  const ours = read(join(root, 'openapi/dist/openapi.json'));
  const findings = documents.flatMap((document) => compareSpecs(document, ours));
  const deliberate: readonly Deliberate[] = parse(
    readFileSync(join(root, 'openapi/deliberate-differences.yaml'), 'utf8'),
  ).differences;
  const ledger = new Set(readLedger().map(({ id }) => id));
  return { findings, ...judge(findings, { deliberate, ledger }) };
}
