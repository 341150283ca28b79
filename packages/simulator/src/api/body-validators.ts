import type { OperationDefinition } from '@hubex-kit/contract/operations';
import {
  type Issue,
  type Validator,
  validateAccessTokenRequest,
  validateAssetAdd,
  validateAssetMassUpdate,
  validateAssetUpdate,
  validateRefreshTokenRequest,
  validateVariableAdd,
  validateVariableUpdate,
  validateWebhookMerge,
} from '@hubex-kit/contract/validators';

type Body = NonNullable<OperationDefinition['body']>;

const bySchema: Readonly<Record<string, Validator<unknown>>> = {
  AccessTokenRequest: validateAccessTokenRequest,
  AssetAdd: validateAssetAdd,
  AssetMassUpdate: validateAssetMassUpdate,
  AssetUpdate: validateAssetUpdate,
  RefreshTokenRequest: validateRefreshTokenRequest,
  VariableAdd: validateVariableAdd,
  VariableUpdate: validateVariableUpdate,
  WebhookMerge: validateWebhookMerge,
  int32: (value) =>
    Number.isInteger(value) && Math.abs(Number(value)) <= 2_147_483_647
      ? { ok: true, value }
      : wrong('a 32-bit integer'),
  string: (value) => (typeof value === 'string' ? { ok: true, value } : wrong('a string')),
};

/** What is wrong with a parsed body; empty for nothing. */
export function validateBody(body: Body, value: unknown): readonly Issue[] {
  const validate = bySchema[body.schema];
  if (!validate) throw new Error(`No validator for the body schema ${body.schema}; add it to body-validators.ts.`);
  if (!body.array) return issues(validate(value));
  if (!Array.isArray(value)) return issues(wrong('an array'));
  return value.flatMap((item, index) =>
    issues(validate(item)).map((issue) => ({ ...issue, path: [index, ...issue.path] })),
  );
}

function wrong(expected: string): { ok: false; issues: Issue[] } {
  return { ok: false, issues: [{ path: [], code: 'invalid', expected, message: `Expected ${expected}.` }] };
}

function issues(result: ReturnType<Validator<unknown>>): readonly Issue[] {
  return result.ok ? [] : result.issues;
}
