import { defineConfig } from 'tsup';

export default defineConfig([
  {
    entry: ['src/index.ts', 'src/core.ts', 'src/inbox/sqlite-inbox.ts', 'src/inbox/postgres-inbox.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
    sourcemap: true,
    splitting: true,
  },
  {
    entry: { 'cli/main': 'src/cli/main.ts' },
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    splitting: true,
    // cli-progress is bundled, and asks for parts of Node by require.
    banner: {
      js: "import { createRequire as _require } from 'node:module'; const require = _require(import.meta.url);",
    },
  },
]);
