// #region SvelteKit, src/routes/hubex/+server.ts
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { receiver } from './receiver.ts';

const hubex = toFetchHandler(receiver);
export const POST = ({ request }: { request: Request }): Promise<Response> => hubex(request);
export const GET = POST;
// #endregion
