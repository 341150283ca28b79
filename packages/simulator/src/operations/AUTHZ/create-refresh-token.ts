import { lifetimes } from '../../domain/token-register.ts';
import type { Operation } from '../operation.ts';
import { refreshResult } from './token-result.ts';
import { readValidity } from './validity.ts';

/** B033, B034. */
export const createRefreshToken: Operation<'createRefreshToken'> = ({ tenant, member, body, now }) => {
  const validity = body?.validity;
  const seconds = validity == null ? lifetimes.refresh : readValidity(validity);
  if (seconds === undefined) {
    const problem = 'a time span such as 30.00:00:00 or a number of days';
    return { kind: 'refused', refusals: [{ kind: 'malformed', field: 'validity', problem }] };
  }
  return { kind: 'found', value: refreshResult(tenant, { memberId: member.id, now, seconds }) };
};
