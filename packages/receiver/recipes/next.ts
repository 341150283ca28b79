// #region Next.js, app/hubex/route.ts
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { receiver } from './receiver.ts';

export const POST = toFetchHandler(receiver);
export const GET = POST; // whoever looks whether the address is alive
// #endregion
