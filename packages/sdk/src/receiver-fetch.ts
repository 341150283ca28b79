export * from '@hubex-kit/receiver/fetch';
