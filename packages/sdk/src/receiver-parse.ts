export * from '@hubex-kit/receiver/parse';
