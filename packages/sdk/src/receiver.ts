export * from '@hubex-kit/receiver';
