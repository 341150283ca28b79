import type { operations as Spec } from '@hubex-kit/contract';
import type { OperationId } from '@hubex-kit/contract/operations';
import type { Priority } from '../around/rate-limiter.ts';

/** What a call of an operation takes: its parameters and body by the spec, and how to make the call. */
export type CallInput<Id extends OperationId> = PathInput<Id> &
  BodyInput<Id> & { readonly query?: QueryOf<Id> } & CallOptions;

/** How to make one call. */
export interface CallOptions {
  /** Further headers, such as Range or X-Concurrency-Stamp. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the call early with `hubex/aborted`. */
  readonly signal?: AbortSignal;
  /** Milliseconds one HTTP attempt may take; default: the client's. */
  readonly timeoutMs?: number;
  /** Milliseconds the whole call may take; default: the client's. */
  readonly deadlineMs?: number;
  /** `spare`: only when nobody else waits and half of the burst is left. Default `normal`. */
  readonly priority?: Priority;
}

/** What a call brings. `data` is undefined where HubEx sends no body (202, 204). */
export interface CallReply<Id extends OperationId> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: DataOf<Id> | undefined;
}

/** Query parameters of an operation. */
export type QueryOf<Id extends OperationId> = Spec[Id]['parameters'] extends { query?: infer Query }
  ? NonNullable<Query>
  : Record<never, never>;

type PathInput<Id extends OperationId> = Spec[Id]['parameters'] extends { path: infer Path }
  ? { readonly path: Path }
  : unknown;

/** A list is only read, so a readonly one will do. */
type Given<Body> = Body extends readonly (infer Each)[] ? readonly Each[] : Body;

type BodyInput<Id extends OperationId> = Spec[Id] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? { readonly body: Given<Body> }
  : Spec[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? { readonly body?: Given<Body> }
    : { readonly body?: NonNullable<RequestInit['body']> };

type Success = 200 | 201 | 206;

/** JSON body of an operation's good answers. */
export type DataOf<Id extends OperationId> = {
  [Status in keyof Spec[Id]['responses'] & Success]: Spec[Id]['responses'][Status] extends {
    content: { 'application/json': infer Data };
  }
    ? Data
    : never;
}[keyof Spec[Id]['responses'] & Success];

/** The same without its types, for the inside of the pipeline. */
export interface LooseInput extends CallOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
