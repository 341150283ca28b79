import type { OperationId } from './generated/operations.ts';

/** What is known of an operation without looking at the spec. */
export interface OperationDefinition {
  readonly id: OperationId;
  /** First segment of the path: ES, MSG, … */
  readonly service: string;
  readonly method: string;
  /** Template below the base address: `/ES/Assets/{assetID}`. */
  readonly path: string;
  readonly auth: string;
  /** The permission a member needs, or null. */
  readonly permission: string | null;
  /** Whether Range, offset and fetch work. */
  readonly ranged: boolean;
  readonly pathParameters: readonly ParameterDefinition[];
  readonly query: readonly ParameterDefinition[];
  readonly body: BodyDefinition | null;
  /** Statuses the spec declares, ascending. */
  readonly statuses: readonly number[];
  readonly deprecated: boolean;
}

/** A path or query parameter. */
export interface ParameterDefinition {
  readonly name: string;
  /** int32, string, boolean or date-time. */
  readonly type: string;
}

/** A request body: one value, or an array of them. */
export interface BodyDefinition {
  /** Name of a schema, or int32 or string. */
  readonly schema: string;
  readonly array: boolean;
  readonly required: boolean;
  readonly media: string;
}
