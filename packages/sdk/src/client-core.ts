export * from '@hubex-kit/client/core';
