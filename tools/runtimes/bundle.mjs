import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '../..');

/**
 * Bundles corpus, runner and the built packages into `folder`: script.js and worker.js as ESM, edge.js as a script that leaves a
 * global `corpus`, and the configuration of workerd beside them.
 *
 * @throws Error when the packages are not built, or when their source would be tested instead of what is published.
 */
export async function bundle(folder) {
  const options = { bundle: true, target: 'es2022', platform: 'neutral', outdir: folder, metafile: true };
  const common = { ...options, absWorkingDir: root, logLevel: 'silent', tsconfigRaw: {} };
  const entry = (name) => join(here, 'src', `${name}.ts`);
  const results = await Promise.all([
    build({ ...common, entryPoints: [entry('script'), entry('worker')], format: 'esm' }),
    build({ ...common, entryPoints: [entry('edge')], format: 'iife', globalName: 'corpus' }),
  ]);
  const strays = results
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .filter(
      (file) =>
        !/^(packages\/(client|contract|receiver)\/dist|packages\/conformance\/corpus|tools\/runtimes\/src)\//.test(
          file,
        ),
    );
  if (strays.length > 0) throw new Error(`the bundle must hold built packages only, and holds ${strays.join(', ')}`);
  await copyFile(join(here, 'worker.capnp'), join(folder, 'worker.capnp'));
}

/** How many cases the files of the corpus have, and one for the client. */
export async function expectedCount() {
  const counts = ['parse', 'receive', 'redact-url'].map(async (name) => {
    const text = await readFile(join(root, `packages/conformance/corpus/${name}.json`), 'utf8');
    return JSON.parse(text).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 1);
}
