import type { Refusal } from '../../domain/refusal.ts';
import type { Operation } from '../operation.ts';
import { storeVariables } from './stored-variables.ts';

/** B220, B221, B224: all or nothing. */
export const createVariables: Operation<'createVariables'> = ({ tenant, body }) => {
  const refusals: Refusal[] = body
    .filter(({ name }) => tenant.variables.has(name))
    .map(({ name }) => ({ kind: 'already-done', what: `variable ${name}` }));
  if (refusals.length > 0) return { kind: 'refused', refusals };
  storeVariables(tenant, body);
  return { kind: 'created' };
};
