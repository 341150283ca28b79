/** Why HubEx would not do what was asked. A value, not an error: the api room turns it into status, code and message. */
export type Refusal =
  | { readonly kind: 'invalid'; readonly field: string; readonly problem: string }
  | { readonly kind: 'missing'; readonly field: string }
  | { readonly kind: 'no-body' }
  | { readonly kind: 'malformed'; readonly field: string; readonly problem: string }
  | { readonly kind: 'unknown-asset'; readonly id: number }
  | { readonly kind: 'unknown-entity'; readonly entity: Entity; readonly id: number | string }
  | { readonly kind: 'deleted-entity'; readonly entity: Entity; readonly id: number }
  | { readonly kind: 'forbidden-by-rule'; readonly rule: Rule }
  | { readonly kind: 'already-done'; readonly what: string }
  | { readonly kind: 'search-field' }
  | BadFile;

/** A file that cannot be imported at all, and why in both languages. */
export interface BadFile {
  readonly kind: 'bad-file';
  readonly code: 'WrongFile' | 'EmptyFile' | 'UnsupportedFileFormat' | 'InvalidData';
  readonly ru: string;
  readonly en: string;
}

/** What a reference can point at. */
export type Entity =
  | 'Asset'
  | 'Company'
  | 'AssetType'
  | 'AssetClass'
  | 'Location'
  | 'User'
  | 'ScheduleRule'
  | 'Webhook'
  | 'Variable'
  | 'TenantMember';

/** Business rules that refuse a change with InvalidOperation. */
export type Rule = 'host-needs-address' | 'type-locked' | 'own-ancestor' | 'active-task';

/** Either the value, or all reasons why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** The good half of a Result. */
export function done<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The other half of a Result. */
export function refused(...refusals: readonly Refusal[]): {
  readonly ok: false;
  readonly refusals: readonly Refusal[];
} {
  return { ok: false, refusals };
}
