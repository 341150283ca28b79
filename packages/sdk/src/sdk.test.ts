import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Bytes of what an application gets that imports this, minified and compressed. */
async function size(code: string): Promise<number> {
  const result = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    conditions: ['@hubex-kit/source'],
    mainFields: ['module'],
    absWorkingDir: join(import.meta.dirname, '../../..'),
  });
  return brotliCompressSync(result.outputFiles[0]?.contents ?? new Uint8Array()).byteLength;
}

const used = (names: string, from: string): string =>
  `import { ${names} } from '${from}'; globalThis.use = [${names}];`;

test.each([
  ['createReceiver', '@hubex-kit/sdk/receiver', '@hubex-kit/receiver'],
  ['parseDelivery', '@hubex-kit/sdk/receiver/parse', '@hubex-kit/receiver/parse'],
  ['createHubexClient', '@hubex-kit/sdk/client', '@hubex-kit/client'],
])('%s weighs the same through the sdk as from its own package', async (name, facade, own) => {
  // The bundler's short names differ by a letter now and then.
  const few = 10;
  const weight = await size(used(name, own));
  expect(Math.abs((await size(used(name, facade))) - weight)).toBeLessThan(few);
  expect(Math.abs((await size(used(name, '@hubex-kit/sdk'))) - weight)).toBeLessThan(few);
});

test('adding one half does not pull in the other', async () => {
  const [receiver, client] = [
    await size(used('createReceiver', '@hubex-kit/sdk')),
    await size(used('createHubexClient', '@hubex-kit/sdk')),
  ];
  const both = await size(used('createReceiver, createHubexClient', '@hubex-kit/sdk'));
  expect(both).toBeGreaterThan(Math.max(receiver, client));
  expect(receiver).toBeLessThan(client);
});
