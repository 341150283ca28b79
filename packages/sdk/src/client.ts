export * from '@hubex-kit/client';
