export * from '@hubex-kit/receiver/aws-lambda';
