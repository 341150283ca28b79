export * from '@hubex-kit/contract/validators';
