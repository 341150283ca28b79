import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/client.ts',
    'src/receiver.ts',
    'src/receiver-parse.ts',
    'src/receiver-fetch.ts',
    'src/receiver-node-http.ts',
    'src/receiver-express.ts',
    'src/events.ts',
    'src/validators.ts',
  ],
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
  sourcemap: true,
  clean: true,
  splitting: true,
});
