import { copyFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/** An ESM file that holds CommonJS packages gives them Node's own require. */
const giveRequire =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const shared: Options = {
  target: 'node20',
  platform: 'node',
  splitting: true,
  banner: ({ format }) => (format === 'esm' ? { js: giveRequire } : {}),
  esbuildOptions(options) {
    // Names stay, so that a stack trace still tells something.
    options.minifySyntax = true;
    options.minifyWhitespace = true;
    // Express loads every body parser when it starts, half of the code in all; the mock reads bodies by itself.
    options.alias = { 'body-parser': './build/no-body-parser.cjs' };
  },
};

export default defineConfig([
  {
    ...shared,
    // The simulator stays a dependency: whoever has it too, has the same one.
    entry: ['src/index.ts', 'src/workbooks.ts', 'src/control-client.ts'],
    format: ['esm', 'cjs'],
    dts: { compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false } },
  },
  {
    ...shared,
    // The command is one bundle in parts that are loaded when they are needed: a third of the start of the same from node_modules.
    entry: ['src/cli.ts'],
    format: ['esm'],
    // Read by build/third-party-notices.mjs, which deletes it. The library's bundle holds nothing else.
    metafile: true,
    noExternal: [/.*/],
  },
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
] as Options[]);
