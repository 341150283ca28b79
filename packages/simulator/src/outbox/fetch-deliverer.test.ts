import { expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import type { Transmission } from '../transmission/transmission.ts';
import type { CallResult, OutgoingCall } from './deliverer.ts';
import { createFetchDeliverer } from './fetch-deliverer.ts';
import { makeCall } from './one-call.ts';

const headers = { 'content-type': 'application/json; charset=utf-8' };
const call: OutgoingCall = {
  tenantId: 105,
  deliveryId: 1,
  webhookId: 1,
  attempt: 1,
  method: 'POST',
  url: 'http://127.0.0.1/hook?key=1',
  headers,
  body: '{"AssetID":101}',
  timeoutMs: 1000,
};

/** What a receiver reads of a call, and what HubEx makes of it. */
async function delivered(transmission?: Transmission): Promise<{ text: string; code: string; result: CallResult }> {
  const clock = createManualClock(0);
  let [text, code] = ['', ''];
  const deliver = createFetchDeliverer(
    async (request) => {
      expect([request.method, request.url, request.headers.get('content-type')]).toEqual([
        'POST',
        call.url,
        headers['content-type'],
      ]);
      try {
        for await (const chunk of request.body ?? []) {
          text += new TextDecoder().decode(chunk);
          clock.advance(10_000);
        }
        return new Response(null, { status: 204 });
      } catch (error) {
        code = Object(Object(error).cause).code;
        return new Response(null, { status: 400 });
      }
    },
    { clock },
  );
  const result = await deliver(transmission ? { ...call, transmission } : call);
  return { text, code, result };
}

const answered = (status: number): CallResult => ({ kind: 'answered', status });

test.each<[Transmission | undefined, string, string, CallResult]>([
  [undefined, call.body, '', answered(204)],
  [{ kind: 'chunked' }, call.body, '', answered(204)],
  [{ kind: 'cut', afterBytes: 4 }, '{"As', 'UND_ERR_SOCKET', answered(400)],
  [{ kind: 'reset', afterBytes: 4 }, '{"As', 'ECONNRESET', { kind: 'failed', reason: 'The connection was reset.' }],
  [{ kind: 'reset', afterBytes: null }, '', '', { kind: 'failed', reason: 'The connection was reset.' }],
])('%j reaches a fetch handler like this', async (transmission, text, code, result) => {
  expect(await delivered(transmission)).toEqual({ text, code, result });
});

test('a handler that throws is a failed call', async () => {
  const deliver = createFetchDeliverer(() => Promise.reject(new Error('no')));
  expect(await deliver(call)).toEqual({ kind: 'failed', reason: 'no' });
});

test('a deliverer that does not transmit is never given a call that cannot arrive whole', async () => {
  const calls: OutgoingCall[] = [];
  const plain = async (each: OutgoingCall): Promise<CallResult> => {
    calls.push(each);
    return answered(204);
  };
  const make = (transmission: Transmission): Promise<CallResult> => makeCall({ ...call, transmission }, plain);
  expect(await make({ kind: 'reset', afterBytes: 5 })).toEqual({
    kind: 'failed',
    reason: 'the connection broke off after 5 bytes (fault)',
  });
  expect(await make({ kind: 'cut', afterBytes: 5 })).toMatchObject({ kind: 'failed' });
  expect(calls).toEqual([]);
  expect(await make({ kind: 'slow', bytesPerSecond: 1 })).toEqual(answered(204));
  expect(await make({ kind: 'chunked' })).toEqual(answered(204));
  expect(calls).toEqual([call, call]);
});
