import type { Operation } from '../operation.ts';

/** B223, B224. */
export const deleteVariable: Operation<'deleteVariable'> = ({ tenant, path }) => {
  tenant.variables.delete(path.name);
  return { kind: 'accepted' };
};
