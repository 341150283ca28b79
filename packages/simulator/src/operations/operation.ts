import type { operations as Spec } from '@hubex-kit/contract';
import type { OperationId } from '@hubex-kit/contract/operations';
import type { AssetEvent } from '../domain/asset.ts';
import type { Member } from '../domain/member.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Switches } from '../generated/switches.ts';
import type { Workbooks } from '../workbooks.ts';
import type { Work } from '../world/jobs.ts';
import type { Outcome } from './outcome.ts';

/** What an operation is given: checked input in the contract's types, and the world it acts on. */
export interface Call<Id extends OperationId> {
  readonly operationId: Id;
  readonly tenant: Tenant;
  readonly member: Id extends 'issueAccessToken' ? undefined : Member;
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  /** Request headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly now: number;
  readonly switches: Switches;
  readonly language: 'ru' | 'en';
  /** Hands events to the outbox. */
  announce(events: readonly AssetEvent[]): void;
  /** Tells the outbox that calls are to be expected. */
  expectCalls(): void;
  /** Does something after the answer, `ms` milliseconds from now. A reset forgets it; snapshots and saved states keep it. */
  later(ms: number, work: Work): void;
  /** Lets others have their turn in the middle of much work; resolves at once where the host's clock has no `soon`. */
  pause(): Promise<void>;
  /** undefined when none were passed to createSimulator. */
  readonly workbooks: Workbooks | undefined;
  /** Reports a trap of the real API that the caller has just stepped into. */
  warn(behaviour: string, text: string): void;
}

/** Operations that read or write files: they take their time. */
type FileOperation = 'importAssets' | 'exportAssets';

/** One operation of the spec. */
export type Operation<Id extends OperationId> = (
  call: Call<Id>,
) => Id extends FileOperation ? Promise<Outcome> : Outcome;

/** A form that was sent with a file. */
export interface UploadedForm {
  readonly file: Uint8Array;
}

/** Path parameters of an operation. */
export type PathOf<Id extends OperationId> = Spec[Id]['parameters'] extends { path: infer Path }
  ? Path
  : Record<never, never>;

/** Query parameters of an operation. */
export type QueryOf<Id extends OperationId> = Spec[Id]['parameters'] extends { query?: infer Query }
  ? NonNullable<Query>
  : Record<never, never>;

/** Body of an operation; undefined where it has none or may go without. */
export type BodyOf<Id extends OperationId> = Spec[Id] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : Spec[Id] extends { requestBody: { content: { 'multipart/form-data': unknown } } }
    ? UploadedForm
    : Spec[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
      ? Body | undefined
      : undefined;
