export * from '@hubex-kit/receiver/express';
