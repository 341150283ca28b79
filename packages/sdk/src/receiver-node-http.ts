export * from '@hubex-kit/receiver/node-http';
