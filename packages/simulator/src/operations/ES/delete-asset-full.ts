import type { Operation } from '../operation.ts';
import { remove } from './removal.ts';

/** B183, B187, B188. */
export const deleteAssetFull: Operation<'deleteAssetFull'> = (call) =>
  remove(call, { ids: [call.path.assetID], full: true });
