export { type OperationId, operations } from './generated/operations.ts';
export type { BodyDefinition, OperationDefinition, ParameterDefinition } from './operation-definition.ts';
