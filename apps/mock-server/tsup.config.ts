import { copyFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig, type Options } from 'tsup';

/** An ESM file that holds CommonJS packages gives them Node's own require. */
const giveRequire =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

interface EsbuildBuild {
  onResolve(
    on: { filter: RegExp },
    run: (asked: { kind: string; path: string; resolveDir: string }) => { path: string; external: true } | undefined,
  ): void;
}

/** What is loaded when it is first needed: files of their own, the same ones for the command and both module kinds. */
const later: Readonly<Record<string, string>> = {
  'src/delivery/client.ts': 'undici-client.js',
  'src/xlsx/read-sheet.ts': 'xlsx/reader.js',
  'src/xlsx/read-whole.ts': 'xlsx/whole-reader.js',
  'src/xlsx/write-sheets.ts': 'xlsx/writer.js',
};

/** `from` is the folder the files that are built will be in. */
const loadedLater = (from: string) => ({
  name: 'loaded-later',
  setup(build: EsbuildBuild): void {
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = later[relative(import.meta.dirname, join(resolveDir, path))];
      return file === undefined ? undefined : { path: `./${relative(from, file)}`, external: true };
    });
  },
});

const shared: Options = {
  target: 'node20',
  platform: 'node',
  splitting: true,
  banner: ({ format }) => (format === 'esm' ? { js: giveRequire } : {}),
  esbuildPlugins: [loadedLater('')],
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
    entry: { cli: 'src/cli.ts', 'undici-client': 'src/delivery/client.ts' },
    format: ['esm'],
    // Read by build/third-party-notices.mjs, which deletes it. The library's bundle holds nothing else.
    metafile: true,
    noExternal: [/.*/],
  },
  {
    ...shared,
    // Not split: what the three share would be all of the library, and reading a small workbook needs a sixth of it.
    entry: {
      reader: 'src/xlsx/read-sheet.ts',
      'whole-reader': 'src/xlsx/read-whole.ts',
      writer: 'src/xlsx/write-sheets.ts',
    },
    outDir: 'dist/xlsx',
    format: ['esm'],
    splitting: false,
    metafile: true,
    noExternal: [/.*/],
    esbuildPlugins: [loadedLater('xlsx')],
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
