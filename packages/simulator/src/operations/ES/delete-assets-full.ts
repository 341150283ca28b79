import type { Operation } from '../operation.ts';
import { remove } from './removal.ts';

/** B183, B189. */
export const deleteAssetsFull: Operation<'deleteAssetsFull'> = (call) => remove(call, { ids: call.body, full: true });
