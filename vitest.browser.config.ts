import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type Plugin } from 'vitest/config';

// The conformance suite once more, in a page of Chromium. CHROMIUM names the browser; else the one on the PATH is taken, else Playwright's own.
const folders = (process.env.PATH ?? '').split(delimiter);
const installed = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((name) => folders.map((folder) => join(folder, name)))
  .find((file) => existsSync(file));
const chromium = process.env.CHROMIUM ?? installed;
const launchOptions = chromium ? { executablePath: chromium } : {};
const source = '@hubex-kit/source';

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
    conditions: [source, 'module', 'browser', 'development|production'],
    alias: [
      { find: /^(\.{1,2}\/(?:harness\/)?)targets\.ts$/, replacement: '$1browser-targets.ts' },
      // The library for workbooks is one of Node.
      {
        find: '@hubex-kit/mock-server/workbooks',
        replacement: join(import.meta.dirname, 'packages/conformance/src/harness/no-workbooks.ts'),
      },
    ],
  },
  test: {
    reporters: ['default', './packages/repo-checks/src/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'in a page',
          include: ['packages/conformance/src/suite/**/*.test.ts', 'apps/*/browser/**/*.test.ts'],
          // The first counts the ledger's numbers in files, the others need workbooks.
          exclude: ['**/coverage.test.ts', '**/suite/import*.test.ts', '**/suite/export.test.ts'],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        // Pages of a server, looked at from outside.
        resolve: { conditions: [source, 'module', 'node', 'development|production'] },
        ssr: {
          resolve: { conditions: [source, 'module', 'node', 'development|production'], externalConditions: [source] },
        },
        test: {
          name: 'from outside',
          env: chromium ? { CHROMIUM: chromium } : {},
          include: ['apps/*/e2e/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
