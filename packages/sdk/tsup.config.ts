import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/client.ts',
    'src/client-core.ts',
    'src/receiver.ts',
    'src/receiver-parse.ts',
    'src/receiver-fetch.ts',
    'src/receiver-node-http.ts',
    'src/receiver-express.ts',
    'src/receiver-fastify.ts',
    'src/receiver-koa.ts',
    'src/receiver-nest.ts',
    'src/receiver-aws-lambda.ts',
    'src/receiver-yandex-functions.ts',
    'src/receiver-google-functions.ts',
    'src/receiver-core.ts',
    'src/sync.ts',
    'src/sync-sqlite.ts',
    'src/sync-postgres.ts',
    'src/events.ts',
    'src/validators.ts',
  ],
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
  sourcemap: true,
  // The source is published beside it.
  esbuildOptions(options) {
    options.sourcesContent = false;
  },
  clean: true,
  splitting: true,
});
