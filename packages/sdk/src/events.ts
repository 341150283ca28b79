export * from '@hubex-kit/contract/events';
