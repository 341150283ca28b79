/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/src/**/*.test.js'],
  // #region transform
  // Three packages that msw requires are ES modules, which jest can require from Node 24.9 on; before that, it has to rewrite them.
  transform: {
    '/node_modules/.+\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }],
    '\\.[jt]sx?$': 'babel-jest', // jest's default; or ts-jest, @swc/jest
  },
  transformIgnorePatterns: ['/node_modules/(?!.*(rettime|until-async|deferred-promise)/)'],
  // #endregion
};
