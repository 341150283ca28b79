export { bodyFields } from './generated/body-fields.ts';
export * from './generated/validators/assets.ts';
export * from './generated/validators/deliveries.ts';
export * from './generated/validators/tokens.ts';
export * from './generated/validators/variables.ts';
export * from './generated/validators/webhooks.ts';
export type { StandardFailure, StandardSchema } from './standard-schema.ts';
export type { Issue, ValidationResult, Validator } from './validation.ts';
