import { lifetimes } from '../../domain/token-register.ts';
import type { Operation } from '../operation.ts';
import { refreshResult } from './token-result.ts';

/** B035. */
export const getRefreshToken: Operation<'getRefreshToken'> = ({ tenant, member, now }) => ({
  kind: 'found',
  value: refreshResult(tenant, { memberId: member.id, now, seconds: lifetimes.refresh }),
});
