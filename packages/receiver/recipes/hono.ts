// #region Hono
import { toFetchHandler } from '@hubex-kit/sdk/receiver/fetch';
import { Hono } from 'hono';
import { receiver } from './receiver.ts';

const hubex = toFetchHandler(receiver);
export const app = new Hono().all('/hubex/*', ({ req }) => hubex(req.raw));
// #endregion
