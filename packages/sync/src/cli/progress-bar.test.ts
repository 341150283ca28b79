import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgressBar } from './progress-bar.ts';

function screen(isTTY: boolean): { stream: PassThrough & { isTTY: boolean; columns: number }; text: () => string } {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, text: () => text };
}

test('shows how far it has come, without colours, and takes itself away', async () => {
  const { stream, text } = screen(true);
  const bar = await createProgressBar(stream, { TERM: 'xterm' });
  bar.show(5_000, 20_000);
  bar.show(20_000, 20_000);
  bar.stop();
  bar.stop();
  expect(text()).toMatch(/░ 0 of 20000|█+░+ 5000 of 20000/);
  // Colours are the sequences that end in m.
  expect(
    text()
      .split('\u001b[')
      .filter((part) => /^[\d;]*m/.test(part)),
  ).toEqual([]);
});

test.each([
  ['a pipe', false, 'xterm'],
  ['a terminal that cannot move its cursor', true, 'dumb'],
])('writes nothing into %s', async (_, isTTY, TERM) => {
  const { stream, text } = screen(isTTY);
  const bar = await createProgressBar(stream, { TERM });
  bar.show(1, 2);
  bar.stop();
  expect(text()).toBe('');
});
