import { copyFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/** An ESM file that holds CommonJS packages gives them Node's own require. */
const giveRequire =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

interface EsbuildBuild {
  onResolve(
    on: { filter: RegExp },
    run: (asked: { kind: string; path: string }) => { path: string; external: true } | undefined,
  ): void;
}

/** What is loaded with the first delivery and the first workbook: files of their own, the same ones for the command and both module kinds. */
const later: Readonly<Record<string, string>> = {
  'undici-client': 'src/delivery/client.ts',
  'xlsx-library': 'src/xlsx/library.ts',
};

const loadedLater = {
  name: 'loaded-later',
  setup(build: EsbuildBuild): void {
    build.onResolve({ filter: /\/(client|library)\.ts$/ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      return { path: path.endsWith('/client.ts') ? './undici-client.js' : './xlsx-library.js', external: true };
    });
  },
};

const shared: Options = {
  target: 'node20',
  platform: 'node',
  splitting: true,
  banner: ({ format }) => (format === 'esm' ? { js: giveRequire } : {}),
  esbuildPlugins: [loadedLater],
  esbuildOptions(options) {
    // Names stay, so that a stack trace still tells something.
    options.minifySyntax = true;
    options.minifyWhitespace = true;
    // Express loads every body parser when it starts, half of the code in all; the mock reads bodies by itself.
    options.alias = { 'body-parser': './build/no-body-parser.cjs' };
  },
};

// The simulator stays a dependency: whoever has it too, has the same one.
const library = ['src/index.ts', 'src/workbooks.ts', 'src/control-client.ts'];

export default defineConfig([
  // Not split: tsup would have another tool turn the parts into CommonJS, and that one breaks code without white space.
  { ...shared, entry: library, format: ['cjs'], splitting: false },
  { ...shared, entry: library, format: ['esm'] },
  {
    entry: library,
    format: ['esm', 'cjs'],
    dts: {
      only: true,
      compilerOptions: { allowImportingTsExtensions: true, emitDeclarationOnly: true, noEmit: false },
    },
  },
  {
    ...shared,
    // The command is one bundle in parts that are loaded when they are needed: a third of the start of the same from node_modules.
    entry: { cli: 'src/cli.ts', ...later },
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
