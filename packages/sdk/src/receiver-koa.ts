export * from '@hubex-kit/receiver/koa';
