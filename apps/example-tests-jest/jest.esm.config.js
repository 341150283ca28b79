/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/src/**/*.test.mjs'],
  setupFilesAfterEnv: ['@hubex-kit/testing/jest'],
  transform: {},
};
