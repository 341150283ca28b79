import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type Plugin } from 'vitest/config';

// The conformance suite once more, in a page of Chromium. CHROMIUM names the browser if it is not Playwright's own.
const { CHROMIUM } = process.env;

/** msw's service worker has to come from the page's own origin. */
const serviceWorker: Plugin = {
  name: 'msw-service-worker',
  configureServer({ middlewares }) {
    const file = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');
    middlewares.use('/mockServiceWorker.js', (_, response) => {
      response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
    });
  },
};

export default defineConfig({
  plugins: [serviceWorker],
  resolve: {
    conditions: ['@hubex-kit/source', 'module', 'browser', 'development|production'],
    alias: [{ find: /^(\.{1,2}\/(?:harness\/)?)targets\.ts$/, replacement: '$1browser-targets.ts' }],
  },
  test: {
    include: ['packages/conformance/src/suite/**/*.test.ts', 'apps/*/browser/**/*.test.ts'],
    // It counts the ledger's numbers in files.
    exclude: ['**/coverage.test.ts'],
    reporters: ['default', './packages/repo-checks/src/closing-line.ts'],
    testTimeout: 20_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: CHROMIUM ? { executablePath: CHROMIUM } : {} }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
