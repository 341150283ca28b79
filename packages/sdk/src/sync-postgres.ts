export * from '@hubex-kit/sync/postgres';
