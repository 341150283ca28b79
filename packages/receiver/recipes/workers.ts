// #region Cloudflare Workers
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { receiver } from './receiver.ts';

const hubex = toFetchHandler(receiver);
export default {
  async fetch(
    request: Request,
    _env: unknown,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    const answer = await hubex(request);
    context.waitUntil(receiver.idle()); // handlers run after the answer
    return answer;
  },
};
// #endregion
