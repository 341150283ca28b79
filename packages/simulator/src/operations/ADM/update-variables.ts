import type { Refusal } from '../../domain/refusal.ts';
import type { Operation } from '../operation.ts';
import { storeVariables } from './stored-variables.ts';

/** B222, B224: all or nothing. */
export const updateVariables: Operation<'updateVariables'> = ({ tenant, body }) => {
  const refusals: Refusal[] = body
    .filter(({ name }) => !tenant.variables.has(name))
    .map(({ name }) => ({ kind: 'unknown-entity', entity: 'Variable', id: name }));
  if (refusals.length > 0) return { kind: 'refused', refusals };
  storeVariables(tenant, body);
  return { kind: 'accepted' };
};
