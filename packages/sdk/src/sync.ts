export * from '@hubex-kit/sync';
