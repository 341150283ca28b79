export * from '@hubex-kit/sync/sqlite';
