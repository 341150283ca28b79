import { defineConfig } from 'vitest/config';

// Workspace packages resolve to their TypeScript source through this one condition, so no test can run on a stale build.
// Only the custom condition may be listed: adding `import` or `node` breaks CommonJS dependencies of Express.
const source = '@hubex-kit/source';

export default defineConfig({
  resolve: { conditions: [source, 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: [source, 'module', 'node', 'development|production'], externalConditions: [source] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    reporters: ['default', './packages/repo-checks/src/closing-line.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
