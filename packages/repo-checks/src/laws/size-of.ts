import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './packages.ts';

/** Bytes of what a bundler makes of some imports, minified and compressed with brotli. */
export async function sizeOf(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: `${root}/packages/sdk`, loader: 'ts' },
    ...{ bundle: true, minify: true, format: 'esm', write: false, platform: 'neutral', external: ['node:*'] },
    conditions: ['@hubex-kit/source'],
    mainFields: ['module'],
  });
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
}
