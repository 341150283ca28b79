export type { VendorErrorCode } from './errors.ts';
export type {
  AssetEvent,
  AssetEventId,
  AssetEventName,
  AssetEventType,
  HubexEvent,
  NameOf,
  PayloadById,
  UnknownEvent,
} from './events.ts';
export type * from './generated/aliases.ts';
export type { components, operations, paths, webhooks } from './generated/types.ts';
export type { BodyDefinition, OperationDefinition, OperationId, ParameterDefinition } from './operations.ts';
export type { StandardFailure, StandardSchema } from './standard-schema.ts';
export type { Issue, ValidationResult, Validator } from './validation.ts';
