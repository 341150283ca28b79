import type { Operation } from '../operation.ts';

/** B223, B224. */
export const deleteVariables: Operation<'deleteVariables'> = ({ tenant, body }) => {
  for (const name of body) tenant.variables.delete(name);
  return { kind: 'accepted' };
};
