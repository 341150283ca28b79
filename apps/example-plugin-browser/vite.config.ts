import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'vite';

/** msw's service worker has to come from the page's own origin; this saves a copy of it in the repository. */
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
  resolve: { conditions: ['@hubex-kit/source', 'module', 'browser', 'development|production'] },
});
