// #region Deno
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { receiver } from './receiver.ts';

export const server = Deno.serve({ port: 3000 }, toFetchHandler(receiver));
// #endregion

declare const Deno: { serve(options: { port: number }, handle: (request: Request) => Promise<Response>): unknown };
