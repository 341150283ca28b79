export * from '@hubex-kit/client';
export * from '@hubex-kit/receiver';
