// #region Bun
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { receiver } from './receiver.ts';

export const server = Bun.serve({ port: 3000, fetch: toFetchHandler(receiver) });
// #endregion

declare const Bun: { serve(options: { port: number; fetch: (request: Request) => Promise<Response> }): unknown };
