import { Module } from '@nestjs/common';

class AppModule {}
Module({})(AppModule);

// #region NestJS, main.ts
import 'reflect-metadata';
import { toNestMiddleware } from '@hubex-kit/sdk/receiver/nest';
import { NestFactory } from '@nestjs/core';
import { receiver } from './receiver.ts';

export const app = await NestFactory.create(AppModule, { logger: ['error'] });
app.use('/hubex', toNestMiddleware(receiver)); // runs before parsers, guards, pipes and filters
// #endregion
