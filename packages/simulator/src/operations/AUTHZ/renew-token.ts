import type { Operation } from '../operation.ts';
import { accessResult } from './token-result.ts';

/** B039. */
export const renewToken: Operation<'renewToken'> = ({ tenant, member, now }) => ({
  kind: 'found',
  value: accessResult(tenant, { memberId: member.id, now }),
});
