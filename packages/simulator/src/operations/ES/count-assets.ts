import type { Operation } from '../operation.ts';
import { selectAssets } from './asset-selection.ts';

/** B059, B066. */
export const countAssets: Operation<'countAssets'> = (call) => {
  const selection = selectAssets(call);
  if (!selection.ok) return { kind: 'refused', refusals: selection.refusals };
  return { kind: 'count', total: selection.value.length };
};
