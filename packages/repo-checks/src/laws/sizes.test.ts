import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { root } from './packages.ts';

/** Bytes of what a bundler makes of some imports, minified and compressed with brotli. */
async function sizeOf(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: `${root}/packages/sdk`, loader: 'ts' },
    ...{ bundle: true, minify: true, format: 'esm', write: false, platform: 'neutral', external: ['node:*'] },
    conditions: ['@hubex-kit/source'],
    mainFields: ['module'],
  });
  return brotliCompressSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
}

test.each([
  // An edge function that only forwards: less than the response headers of many servers.
  ['understanding a delivery', "export { parseDelivery } from '@hubex-kit/receiver/parse'", 300],
  // What a hand-written receiver comes to (919) and the quarantine on top.
  ['receiving: secret, parsing, storing, answering', "export * from '@hubex-kit/receiver/core'", 1_000],
])('%s stays within its ceiling', async (_, code, ceiling) => {
  expect(await sizeOf(code)).toBeLessThanOrEqual(ceiling);
});
