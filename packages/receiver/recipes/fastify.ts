// #region Fastify 5
import { toFastifyPlugin } from '@hubex-kit/sdk/receiver/fastify';
import fastify from 'fastify';
import { receiver } from './receiver.ts';

export const app = fastify();
app.register(toFastifyPlugin(receiver), { prefix: '/hubex' });
// #endregion
