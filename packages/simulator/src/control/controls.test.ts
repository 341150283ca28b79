import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSession } from '../../test/session.ts';
import { controlDocument } from './control-document.ts';
import { type ControlName, controls } from './controls.ts';
import { readInput } from './read-input.ts';

describe.each(Object.entries(controls))('the control %s', (_, { method, path, summary, returns, input, examples }) => {
  test('is declared in full, with examples it takes itself', () => {
    expect(path).toMatch(/^(\/[a-z-]+)+$/);
    expect(summary).toMatch(/^[A-Z].*\.$/s);
    expect(returns).not.toBe('');
    for (const field of Object.values(input)) expect(field.doc).not.toMatch(/^$|^[A-Z].*\.$/);
    for (const example of examples) expect(() => readInput(input, { values: example })).not.toThrow();
    expect([method, path, examples.length > 0]).toEqual([expect.any(String), expect.any(String), true]);
  });
});

test('no two controls share method and path', () => {
  const routes = Object.values(controls).map(({ method, path }) => `${method} ${path}`);
  expect(new Set(routes).size).toBe(routes.length);
});

test('the document describes each control', () => {
  const { paths } = controlDocument('http://127.0.0.1/__mock') as { paths: Record<string, Record<string, object>> }; // as the function builds it
  const ids = Object.values(paths).flatMap((item) =>
    Object.values(item).map((each) => Reflect.get(each, 'operationId')),
  );
  expect(ids.sort()).toEqual(Object.keys(controls).sort());
});

describe('input', () => {
  const texts = (text: string): (readonly [string, string])[] => [...new URLSearchParams(text)];

  test('is the same as text and as value', () => {
    const { input } = controls.wait;
    expect(readInput(input, { texts: texts('eventId=41&within=5s') })).toEqual(
      readInput(input, { values: { eventId: 41, within: 5_000 } }),
    );
    expect(readInput(controls.verify.input, { texts: texts('sequence=40+101,41&sequence=42') })).toMatchObject({
      sequence: ['40 101', '41', '42'],
    });
  });

  test.each<[ControlName, string, RegExp]>([
    ['wait', 'evntId=40', /no parameter evntId here; did you mean eventId\?/],
    ['wait', 'eventId=256', /eventId must be a whole number from 0 to 255; it was 256/],
    ['wait', 'within=soon', /within must be .* or a time such as 5s/],
    ['deliveries', 'state=deliverd', /did you mean delivered\?/],
    ['removeTenant', '', /id is missing/],
    ['wait', 'eventId=1&eventId=2', /given twice/],
    ['verify', 'never=yes', /never must be true or false/],
    ['redeliver', 'deliveryId=1&change=5', /change must be a JSON object/],
  ])('of %s %j is refused with a way out', (name, text, message) => {
    expect(() => readInput(controls[name].input, { texts: texts(text) })).toThrow(message);
  });
});

describe('the journal', () => {
  test('tells for each attempt what caused it, and what it cost', async () => {
    const session = await createSession({ hooks: 0 });
    const { control, hook, send } = session;
    await hook({ uri: 'http://127.0.0.1/h?key=secret-of-the-receiver' });
    session.answer = ({ deliveryId }) => ({ kind: 'answered', status: deliveryId === 2 ? 500 : 204 });
    expect((await send('PUT /ES/Assets', { assets: [101, 102], assetClassID: 2 })).status).toBe(202);
    await control.settled();
    const { items } = control.journal({ types: ['attempt'] }) as { items: readonly object[] }; // json is the default
    const body = session.calls[1]?.body ?? '';
    expect(items[1]).toEqual({
      ...{ type: 'attempt', at: '2026-03-02T08:15:40.000Z', completed: '2026-03-02T08:15:40.000Z', ms: 0 },
      ...{ deliveryId: 2, attempt: 1, webhookId: 1, eventId: 41, assetId: 102, status: 500 },
      ...{ cause: 'updateAssets', requestId: 3, batch: { index: 2, of: 2 }, assetVersion: 1 },
      ...{ callsRemainingBefore: 10, callsRemaining: 9, url: 'http://127.0.0.1/h?key=***', body },
      bodyHash: createHash('sha256').update(body).digest('hex'),
    });
    expect(control.journal({ requestId: 3 })).toMatchObject({
      total: 5,
      items: [
        { type: 'request', operationId: 'updateAssets', memberId: 11, status: 202, deliveries: 2 },
        { type: 'event', eventId: 41, deliveries: [1] },
        { type: 'event', deliveries: [2] },
        { type: 'attempt' },
        { type: 'attempt' },
      ],
    });
    expect(JSON.stringify(control.journal())).not.toContain('secret-of-the-receiver');
  });

  test('is bounded and counts what it dropped', async () => {
    const { control, send } = await createSession({ journalLimit: 100 });
    for (let count = 0; count < 150; count++) {
      control.emit({ eventId: 41, assetId: 101 });
      expect((await send('GET /ES/Assets/101')).status).toBe(200);
    }
    await control.settled();
    expect(control.journal({ types: ['request'] })).toMatchObject({
      total: 100,
      dropped: { request: 52, event: 50, delivery: 50 },
    });
    expect(control.deliveries()).toMatchObject({ total: 100, dropped: 50 });
    const { items } = control.journal({ types: ['request'], limit: 2 }) as { items: readonly { id: number }[] }; // json is the default
    expect(items.map(({ id }) => id)).toEqual([151, 152]);
  });

  test('can be had as NDJSON and HAR, without credentials', async () => {
    const { control, create } = await createSession();
    await create();
    await control.settled();
    const ndjson = control.journal({ format: 'ndjson' }) as { text: string }; // as asked
    expect(
      ndjson.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual([...['request', 'request', 'request'], ...['event', 'attempt']]);
    expect(ndjson.text).not.toContain('demo-service-token');
    const har = JSON.parse((control.journal({ format: 'har' }) as { text: string }).text); // as asked
    expect(har.log.entries.map(({ request }: { request: { url: string } }) => request.url)).toEqual([
      'http://hubex.mock/fsm/AUTHZ/AccessTokens',
      'http://hubex.mock/fsm/MSG/Webhooks',
      'http://hubex.mock/fsm/ES/Assets',
      'http://127.0.0.1/h',
    ]);
  });

  test('keeps requests of nobody with the default tenant', async () => {
    const { sim } = await createSession({ hooks: 0, token: 'mine' });
    await sim.handle({ method: 'GET', path: '/nope', query: '', headers: {}, body: undefined });
    expect(sim.control.journal()).toMatchObject({
      total: 1,
      items: [{ path: '/nope', operationId: null, status: 404 }],
    });
  });
});

describe('redeliver', () => {
  test('sends a past delivery again, as it was, changed, or elsewhere', async () => {
    const session = await createSession();
    const { control, calls, send } = session;
    control.emit({ eventId: 41, assetId: 101 });
    await control.settled();
    session.answer = ({ url }) => ({ kind: 'answered', status: url.endsWith('/other') ? 500 : 204 });
    expect(control.redeliver({ deliveryId: 1 })).toEqual({ deliveryId: 2 });
    control.redeliver({ deliveryId: 1, change: { EventID: 42, Extra: true } });
    control.redeliver({ deliveryId: 1, body: '{', url: 'http://127.0.0.1/other' });
    control.redeliver({ deliveryId: 1, url: 'http://127.0.0.1/other' });
    await control.settled();
    const [first, second, third, fourth] = calls.map(({ body }) => body);
    expect(second).toBe(first);
    expect(JSON.parse(third ?? '')).toMatchObject({ EventID: 42, Extra: true, AssetID: 101 });
    expect([fourth, calls[3]?.url, calls[4]?.body]).toEqual(['{', 'http://127.0.0.1/other', first]);
    expect(JSON.parse((await send('GET /MSG/Webhooks/1')).text).callsRemaining).toBe(10);
    expect(control.deliveries({ state: 'failed' }).total).toBe(2);
  });

  test.each<[object, string]>([
    [{ deliveryId: 9 }, 'deliveryId'],
    [{ deliveryId: 1, body: 'x', change: {} }, 'change'],
    [{ deliveryId: 1, url: 'elsewhere' }, 'url'],
  ])('refuses %j and names %s', async (input, field) => {
    const { control } = await createSession();
    control.emit({ raw: 'no JSON' });
    await expect(async () => control.redeliver(input as { deliveryId: number })).rejects.toMatchObject({ field });
  });
});

test('a sink keeps what it gets, answers as told, and can be waited for', async () => {
  const { sim, control } = await createSession();
  const call = { sink: 'a', method: 'POST', query: 'key=1', headers: { 'content-type': 'text/plain' } };
  const waiting = control.waitSink({ name: 'a', count: 2, contains: 'hello' });
  control.setSink({ name: 'a', status: 500, times: 1 });
  control.setSink({ name: 'a', status: 503, body: 'later', delay: '1s', times: 1 });
  expect(await sim.receive({ ...call, body: 'hello 1' })).toEqual({ status: 500, body: '', delayMs: 0 });
  expect(await sim.receive({ ...call, body: 'other' })).toEqual({ status: 503, body: 'later', delayMs: 1_000 });
  expect(await sim.receive({ ...call, body: 'hello 2' })).toMatchObject({ status: 204 });
  expect(await waiting).toMatchObject({ ok: true, total: 2, path: '/__mock/sink/a?tenant=105' });
  expect(control.sink({ name: 'a' }).items.map(({ id, body, status }) => [id, body, status])).toEqual([
    [1, 'hello 1', 500],
    [2, 'other', 503],
    [3, 'hello 2', 204],
  ]);
  expect(control.sink({ name: 'b' }).total).toBe(0);
});

test('the stream tells what happens, until nobody listens', async () => {
  const { control, create } = await createSession();
  const seen: string[] = [];
  const stop = control.stream().listen(({ type }) => seen.push(type));
  await create();
  await control.settled();
  expect(seen).toEqual(['event', 'request', 'attempt', 'delivery']);
  await control.reset();
  stop();
  control.emit({ raw: 'x' });
  expect(seen).toEqual(['event', 'request', 'attempt', 'delivery', 'reset']);
});

test('the stream begins with the latest of before, if somebody wants that, and goes on without a gap', async () => {
  const { control, host, create } = await createSession();
  const seenBy = (last: number): string[] => {
    const seen: string[] = [];
    control.stream({ last }).listen(({ type }) => seen.push(type));
    return seen;
  };
  host.advance(1_000);
  await create();
  host.advance(1_000);
  control.emit({ eventId: 41, assetId: 101 });
  const pending = seenBy(1);
  await control.settled();
  expect(pending).toEqual(['event', 'attempt', 'delivery']);
  // Sign-in and webhook; creation, its event and delivery; what was emitted.
  const all = ['request', 'request', 'request', 'event', 'delivery', 'event', 'delivery'];
  expect([seenBy(200), seenBy(3), seenBy(0)]).toEqual([all, all.slice(-3), []]);
  await control.reset();
  expect(seenBy(200)).toEqual([]);
});

test('metrics count, as JSON and for Prometheus', async () => {
  const session = await createSession();
  session.answer = ({ deliveryId }) => ({ kind: 'answered', status: deliveryId === 1 ? 500 : 204 });
  await session.create();
  await session.create();
  await session.control.settled();
  expect(session.control.metrics()).toMatchObject({
    tenantId: 105,
    requests: { 'issueAccessToken 200': 1, 'mergeWebhooks 201': 1, 'createAsset 201': 2 },
    events: { 40: 2 },
    deliveries: { queued: 2, delivered: 1, failed: 1, dropped: 0 },
    attempts: { succeeded: 1, failed: 1 },
    pending: 0,
  });
  const { text } = session.control.metrics({ format: 'prometheus' }) as { text: string }; // as asked
  expect(text).toContain('hubex_mock_requests_total{tenant="105",operation="createAsset",status="201"} 2\n');
  expect(text).toContain('# TYPE hubex_mock_pending gauge\nhubex_mock_pending{tenant="105"} 0\n');
});

test('assumptions name statement, evidence and value', async () => {
  const { control } = await createSession();
  control.setSwitches({ restoreEvent: '40' });
  const { items, profiles } = control.assumptions();
  expect(items.find(({ name }) => name === 'restoreEvent')).toEqual({
    name: 'restoreEvent',
    id: 'B185',
    statement: 'Restore removes deleted and causes 41.',
    evidence: ['observed-consumer', 'swagger', 'assumed'],
    value: '40',
    default: '41',
    values: ['41', '40', 'none'],
  });
  expect(Object.keys(profiles)).toEqual(['documented', 'observed', 'strict']);
});
