import { defineConfig } from 'tsup';

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/control-client.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
    sourcemap: true,
    splitting: true,
  },
  // The command has no API: ESM only, its parts loaded when they are needed.
  { entry: ['src/cli.ts'], format: ['esm'], target: 'es2022', outDir: 'dist', splitting: true, sourcemap: true },
]);
