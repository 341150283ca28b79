import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
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
