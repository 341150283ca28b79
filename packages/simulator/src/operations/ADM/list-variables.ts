import type { Operation } from '../operation.ts';
import { list, withoutEmpty } from '../outcome.ts';

/** B220, B225. */
export const listVariables: Operation<'listVariables'> = ({ tenant }) =>
  list(
    [...tenant.variables].sort(([a], [b]) => (a < b ? -1 : 1)),
    {
      key: ([name]) => name,
      render: ([, { value, description }]) => withoutEmpty({ value, description }),
    },
  );
