import { expect, test } from 'vitest';
import { createManualClock } from './clock.ts';
import { toFetch, unlessAborted } from './fetch.ts';
import type { Transmission } from './transmission/transmission.ts';

const body = '{"name":"Котёл"}';
const headers = { 'content-type': 'application/json' };

function fetched(transmission: Transmission, signal: AbortSignal = new AbortController().signal) {
  const clock = createManualClock(0);
  return { clock, response: toFetch({ status: 200, headers, body, transmission }, { clock, signal }) };
}

/** The text that comes, and the code of the error it ends with, if any. */
async function read(response: Response): Promise<readonly [text: string, code: string]> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    return [text, ''];
  } catch (error) {
    return [text, error instanceof TypeError ? Object(error.cause).code : String(error)];
  }
}

test.each<[Transmission, string, string]>([
  [{ kind: 'reset', afterBytes: 0 }, '', 'ECONNRESET'],
  [{ kind: 'reset', afterBytes: 9 }, '{"name":"', 'ECONNRESET'],
  [{ kind: 'cut', afterBytes: 11 }, '{"name":"К', 'UND_ERR_SOCKET'],
  [{ kind: 'chunked' }, body, ''],
])('%j is the nearest thing fetch has', async (transmission, text, code) => {
  const response = await fetched(transmission).response;
  expect([response.status, response.headers.get('content-length')]).toEqual([
    200,
    transmission.kind === 'chunked' ? null : '21',
  ]);
  expect(await read(response)).toEqual([text, code]);
});

test('a reset before the status line rejects', async () => {
  await expect(fetched({ kind: 'reset', afterBytes: null }).response).rejects.toMatchObject({
    name: 'TypeError',
    cause: { code: 'ECONNRESET' },
  });
});

test('a slow body comes by the clock', async () => {
  const { clock, response } = fetched({ kind: 'slow', bytesPerSecond: 20 });
  const reader = (await response).body?.getReader();
  let got = 0;
  for (let tick = 1; tick <= 11; tick++) {
    const next = reader?.read();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(100);
    got += (await next)?.value?.byteLength ?? 0;
    expect(got).toBe(Math.min(21, tick * 2));
  }
  expect(await reader?.read()).toEqual({ done: true, value: undefined });
});

test('silence lasts until the caller gives up, before or within the body', async () => {
  const before = new AbortController();
  const nothing = unlessAborted(fetched({ kind: 'silence', afterBytes: null }, before.signal).response, before.signal);
  before.abort(new Error('enough'));
  await expect(nothing).rejects.toThrow('enough');
  const within = new AbortController();
  const { response } = fetched({ kind: 'silence', afterBytes: 7 }, within.signal);
  const reader = (await response).body?.getReader();
  expect((await reader?.read())?.value).toHaveLength(7);
  const more = reader?.read();
  within.abort(new Error('enough'));
  await expect(more).rejects.toThrow('enough');
});

test('a signal that is over already rejects at once', async () => {
  await expect(unlessAborted(Promise.resolve(1), AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
});
