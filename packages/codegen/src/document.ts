import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './root.ts';

/** A JSON object of the description. */
export type Node = { readonly [key: string]: unknown };

/** The bundled OpenAPI document, as much of it as the generator relies on. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationNode>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: OperationNode }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> } & Node;
  readonly 'x-hubex-error-codes': Readonly<Record<string, { status: number[]; meaning: string; evidence: string[] }>>;
}

/** One operation of the document. */
export interface OperationNode extends Node {
  readonly operationId: string;
  readonly parameters?: readonly (ParameterNode | { readonly $ref: string })[];
  readonly responses: Readonly<Record<string, unknown>>;
}

/** One parameter, references followed. */
export interface ParameterNode {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A JSON Schema of the dialect the spec keeps to. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly [keyword: string]: unknown;
}

/** One entry of openapi/behaviours.yaml. */
export interface Behaviour {
  readonly id: string;
  readonly area: string;
  readonly statement: string;
  readonly evidence: readonly string[];
  readonly source: string;
  readonly operations?: readonly string[];
  readonly switch?: {
    readonly name: string;
    readonly type: 'boolean' | 'integer' | 'enum';
    readonly default: unknown;
    readonly values?: readonly string[];
  };
}

/** Bundles openapi/hubex.yaml; the text is what openapi/dist/openapi.json has to be. */
export function bundleSpec(): { readonly text: string; readonly document: Document } {
  const cli = createRequire(import.meta.url)
    .resolve('@redocly/cli/package.json')
    .replace('package.json', 'bin/cli.js');
  const folder = mkdtempSync(join(tmpdir(), 'hubex-spec-'));
  try {
    const target = join(folder, 'openapi.json');
    const spec = join(root, 'openapi');
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const args = [cli, 'bundle', 'hubex.yaml', '--config', 'redocly.yaml', '-o', target];
    execFileSync(process.execPath, args, { cwd: spec, env, stdio: 'pipe' });
    const text = readFileSync(target, 'utf8');
    return { text: text.endsWith('\n') ? text : `${text}\n`, document: JSON.parse(text) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The behaviour ledger. */
export function readLedger(): readonly Behaviour[] {
  return parse(readFileSync(join(root, 'openapi/behaviours.yaml'), 'utf8')).behaviours;
}

/** Follows a reference inside the document once. */
export function follow<T extends object>(document: Document, node: T | { readonly $ref: string }): T {
  if (!('$ref' in node) || typeof node.$ref !== 'string') return node as T; // a node without $ref is the thing itself
  let target: unknown = document;
  for (const part of node.$ref.replace('#/', '').split('/')) target = (target as Node)[part.replaceAll('~1', '/')]; // a reference leads through objects
  return target as T; // the linter has checked that references lead to their kind
}

/** The schema name at the end of a reference. */
export function refName(ref: string): string {
  return ref.split('/').pop() ?? ref;
}
