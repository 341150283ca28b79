import type { Operation } from '../operation.ts';
import { publication } from './publication.ts';

/** B192, B193. */
export const unpublishAsset: Operation<'unpublishAsset'> = (call) => publication(call, false);
