import type { Operation } from '../operation.ts';

/** B042. */
export const revokeServiceTokens: Operation<'revokeServiceTokens'> = ({ tenant, body }) => {
  tenant.tokens.revokeServices(new Set(body));
  return { kind: 'accepted' };
};
