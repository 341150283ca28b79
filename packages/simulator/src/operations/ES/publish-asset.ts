import type { Operation } from '../operation.ts';
import { publication } from './publication.ts';

/** B190, B191, B193. */
export const publishAsset: Operation<'publishAsset'> = (call) => publication(call, true);
