/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/src/**/*.test.js'],
  // #region transform
  // Three packages that msw requires are ES modules: jest has to rewrite them.
  transform: {
    '/node_modules/.+\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }],
    '\\.[jt]sx?$': 'babel-jest', // jest's default; or ts-jest, @swc/jest
  },
  transformIgnorePatterns: ['/node_modules/(?!.*(rettime|until-async|deferred-promise)/)'],
  // #endregion
};
