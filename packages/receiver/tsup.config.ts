import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/core.ts',
    'src/parse-delivery.ts',
    'src/adapters/fetch.ts',
    'src/adapters/node-http.ts',
    'src/adapters/express.ts',
    'src/adapters/fastify.ts',
    'src/adapters/koa.ts',
    'src/adapters/nest.ts',
    'src/adapters/aws-lambda.ts',
    'src/adapters/yandex-functions.ts',
    'src/adapters/google-functions.ts',
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
