// #region Koa 2 and 3
import { toKoaMiddleware } from '@hubex-kit/sdk/receiver/koa';
import Koa from 'koa';
import { receiver } from './receiver.ts';

const hubex = toKoaMiddleware(receiver);
export const app = new Koa();
app.use((context, next) => (context.path.startsWith('/hubex') ? hubex(context) : next())); // before the parsers
// #endregion
