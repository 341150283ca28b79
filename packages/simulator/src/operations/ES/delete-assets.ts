import type { Operation } from '../operation.ts';
import { remove } from './removal.ts';

/** B182, B184, B189, B210, B211. */
export const deleteAssets: Operation<'deleteAssets'> = (call) => remove(call, { ids: call.body, full: false });
