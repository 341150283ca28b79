export * from '@hubex-kit/receiver/core';
