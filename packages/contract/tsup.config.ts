import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/operations.ts',
    'src/routes.ts',
    'src/events.ts',
    'src/deliveries.ts',
    'src/nearest.ts',
    'src/errors.ts',
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
