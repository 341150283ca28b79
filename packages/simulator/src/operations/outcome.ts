import type { Refusal } from '../domain/refusal.ts';

/** A JSON object as it goes out. */
export type Json = Readonly<Record<string, unknown>>;

/** How an operation ended, free of HTTP: only the api room knows statuses and headers. */
export type Outcome =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'created'; readonly value?: unknown }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'already-created'; readonly value: Json }
  | { readonly kind: 'list'; readonly list: List }
  | { readonly kind: 'count'; readonly total: number }
  | {
      readonly kind: 'signed-in';
      readonly value: Json;
      readonly cookie?: { readonly token: string; readonly seconds: number };
    }
  | { readonly kind: 'no-application' }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'faulty-file'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'not-simulated'; readonly message: string };

/** A list that renders only the rows somebody asks for. */
export interface List {
  readonly total: number;
  /** Rows from index `from` (0-based, included) to `till` (excluded), keyed by id. */
  rows(from: number, till: number): readonly (readonly [key: string, value: Json])[];
}

/** A list of `items`, each shown by `render` under `key`. */
export function list<T>(
  items: readonly T[],
  show: { key: (item: T) => string | number; render: (item: T) => Json },
): Outcome {
  const rows: List['rows'] = (from, till) =>
    items.slice(from, till).map((item) => [String(show.key(item)), show.render(item)] as const);
  return { kind: 'list', list: { total: items.length, rows } };
}

/** A copy without the empty properties: HubEx leaves them out instead of sending null (B071). */
export function withoutEmpty(value: Json): Json {
  const kept: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== null && value[key] !== undefined) kept[key] = value[key];
  return kept;
}
