import { copyFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

export default defineConfig([
  {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
    sourcemap: true,
    splitting: true,
  },
  // The command has no API: ESM only, its parts loaded when they are needed.
  { entry: ['src/cli.ts'], format: ['esm'], target: 'es2022', outDir: 'dist', splitting: true, sourcemap: true },
  {
    entry: { 'dashboard/app': 'dashboard/src/main.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    minify: true,
    // Beside it: the page and its style.
    onSuccess: async () => {
      for (const file of ['index.html', 'style.css']) copyFileSync(`dashboard/${file}`, `dist/dashboard/${file}`);
    },
  },
]);
