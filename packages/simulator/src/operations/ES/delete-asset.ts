import type { Operation } from '../operation.ts';
import { remove } from './removal.ts';

/** B180, B184, B187, B188, B210. */
export const deleteAsset: Operation<'deleteAsset'> = (call) => remove(call, { ids: [call.path.assetID], full: false });
