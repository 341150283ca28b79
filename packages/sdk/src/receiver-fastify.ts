export * from '@hubex-kit/receiver/fastify';
