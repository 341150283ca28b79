import { expect, test } from 'vitest';
import { createManualClock } from '../clock.ts';
import { FaultPlan } from '../faults/fault-plan.ts';
import type { AskedRule } from '../faults/fault-rule.ts';
import { type FaultyAnswer, faultyAnswer } from './faulty-answer.ts';
import type { ApiReply, ApiRequest } from './seam.ts';

const start = Date.UTC(2026, 2, 2, 8, 15, 40);
const open = { 'access-control-allow-origin': '*' };
const json = { 'content-type': 'application/json; charset=utf-8' };
const body = '{"101":{"id":101},"102":{"id":102},"103":{"id":103}}';
const healthy: ApiReply = { status: 200, headers: { ...open, ...json }, body };

interface Seen {
  readonly answer: FaultyAnswer;
  /** What was done on the way. */
  readonly done: readonly string[];
}

type Asked = (AskedRule & { on: 'api' })['fault'];

/** A read of a list with one fault. */
function hit(fault: Asked, change: Partial<ApiRequest> = {}): Seen {
  const plan = new FaultPlan({ seed: 1, clock: createManualClock(start) });
  plan.add({ on: 'api', fault });
  const headers = { authorization: 'Bearer a.b.c' };
  const request: ApiRequest = { method: 'GET', path: '/ES/Assets', query: '', headers, body: undefined, ...change };
  const done: string[] = [];
  const answer = faultyAnswer(request, {
    hits: plan.forRequest({ ...request, operationId: 'listAssets' }),
    context: {
      answer() {
        done.push('carried out');
        return request.method === 'HEAD' ? { ...healthy, body: undefined } : healthy;
      },
      rewound(changes, read) {
        done.push(`${changes} back`);
        return read();
      },
      forgetToken: (jwt) => done.push(`forgot ${jwt}`),
      now: start,
      permission: 'AssetList',
      trace: () => 'TRACE',
    },
  });
  return { answer, done };
}

const error = (code: string, message: string): string => JSON.stringify([{ traceIdentifier: 'TRACE', code, message }]);
const bare = (status: number, headers = {}): ApiReply => ({
  status,
  headers: { ...open, ...headers },
  body: undefined,
});
const out = ['carried out'];

test.each<[Asked, ApiReply, readonly string[]]>([
  ['unauthorised', bare(401), []],
  ['expired-token', healthy, ['forgot a.b.c', 'carried out']],
  [
    'forbidden',
    {
      status: 403,
      headers: { ...open, ...json, 'x-application-errors': 'AccessDenied' },
      body: error('AccessDenied', 'Нет полномочия AssetList.'),
    },
    [],
  ],
  [
    { kind: 'conflict', code: 'AssetDeleted' },
    {
      status: 409,
      headers: { ...open, ...json, 'x-application-errors': 'AssetDeleted' },
      body: error('AssetDeleted', 'Запись изменена другим.'),
    },
    [],
  ],
  ['rate-limited', bare(429), []],
  [{ kind: 'rate-limited', retryAfterSeconds: 7 }, bare(429, { 'retry-after': '7' }), []],
  [
    { kind: 'rate-limited', retryAfterSeconds: 20, form: 'date' },
    bare(429, { 'retry-after': 'Mon, 02 Mar 2026 08:16:00 GMT' }),
    [],
  ],
  [
    'internal-error',
    {
      status: 500,
      headers: { ...open, ...json, 'x-application-errors': 'InternalError' },
      body: error('InternalError', 'Внутренняя ошибка.'),
    },
    [],
  ],
  ['bad-gateway', bare(502), []],
  [{ kind: 'bad-gateway', carriedOut: true }, bare(502), out],
  ['unavailable', bare(503), []],
  [{ kind: 'unavailable', retryAfterSeconds: 120 }, bare(503, { 'retry-after': '120' }), []],
  ['gateway-timeout', bare(504), out],
  [
    { kind: 'proxy-page', status: 200 },
    {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html>\n<html>\n<head><title>200</title></head>\n<body>\n<h1>200</h1>\n<p>The requested page is not available.</p>\n</body>\n</html>\n',
    },
    [],
  ],
  [{ kind: 'stale-read', changes: 3 }, healthy, ['3 back', 'carried out']],
  [{ kind: 'silent-cut', rows: 2 }, { ...healthy, body: '{"101":{"id":101},"102":{"id":102}}' }, out],
  ['empty-body', { ...healthy, body: undefined }, out],
  ['malformed-json', { ...healthy, body: body.slice(0, -1) }, out],
  ['byte-order-mark', { ...healthy, body: `\uFEFF${body}` }, out],
  ['wrong-content-type', { ...healthy, headers: { ...open, 'content-type': 'text/html; charset=utf-8' } }, out],
  ['truncated-body', { ...healthy, transmission: { kind: 'cut', afterBytes: 26 } }, out],
  [{ kind: 'truncated-body', afterBytes: 5 }, { ...healthy, transmission: { kind: 'cut', afterBytes: 5 } }, out],
  ['slow-body', { ...healthy, transmission: { kind: 'slow', bytesPerSecond: 100 } }, out],
  ['connection-reset', { ...healthy, transmission: { kind: 'reset', afterBytes: null } }, out],
  [{ kind: 'connection-reset', afterBytes: 9 }, { ...healthy, transmission: { kind: 'reset', afterBytes: 9 } }, out],
  ['silence', { ...healthy, transmission: { kind: 'silence', afterBytes: null } }, out],
])('%j gives exactly this reply', (fault, reply, done) => {
  expect(hit(fault)).toEqual({ answer: { reply, waitMs: 0 }, done });
});

test('what is lost before it reaches HubEx is not carried out', () => {
  for (const kind of ['connection-reset', 'silence'] as const)
    expect(hit({ kind, carriedOut: false })).toMatchObject({ done: [], answer: { reply: { transmission: {} } } });
});

test('latency keeps the answer and says how long it waits, seeded within its jitter', () => {
  expect(hit('latency').answer).toEqual({ reply: healthy, waitMs: 1000 });
  const { answer } = hit({ kind: 'latency', ms: 100, jitterMs: 50 });
  expect(answer).toEqual(hit({ kind: 'latency', ms: 100, jitterMs: 50 }).answer);
  expect(answer.waitMs).toBeGreaterThanOrEqual(100);
  expect(answer.waitMs).toBeLessThanOrEqual(150);
});

test('messages are in the language of the caller', () => {
  expect(String(hit('internal-error', { headers: { 'accept-language': 'en' } }).answer.reply.body)).toContain(
    'Internal error.',
  );
});

test('an answer to HEAD has no body, whatever goes wrong', () => {
  for (const kind of ['internal-error', 'proxy-page', 'malformed-json', 'byte-order-mark'] as const)
    expect(hit(kind, { method: 'HEAD' }).answer.reply.body).toBeUndefined();
});
