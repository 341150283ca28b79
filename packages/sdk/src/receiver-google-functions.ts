export * from '@hubex-kit/receiver/google-functions';
