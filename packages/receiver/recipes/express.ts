// #region Express 4 and 5
import { toExpressHandler } from '@hubex-kit/sdk/receiver/express';
import express from 'express';
import { receiver } from './receiver.ts';

export const app = express();
app.use('/hubex', toExpressHandler(receiver)); // before the parsers: nothing is parsed twice
app.use(express.json());
// #endregion
