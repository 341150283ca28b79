import type { Operation } from '../operation.ts';
import { zoneless } from '../time.ts';

/** B040, B041: ids that are no members are passed over; 204 when nobody is left. */
export const issueServiceTokens: Operation<'issueServiceTokens'> = ({ tenant, body, now }) => {
  const issued = [...new Set(body)]
    .filter((memberId) => tenant.members.has(memberId))
    .map((memberId) => {
      const { token, validTill } = tenant.tokens.addService(memberId, { now });
      return { token, created: zoneless(now), validTill: zoneless(validTill) };
    });
  return issued.length > 0 ? { kind: 'created', value: issued } : { kind: 'nothing' };
};
