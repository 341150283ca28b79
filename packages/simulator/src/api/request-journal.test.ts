import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSession, type Session } from '../../test/session.ts';
import type { RequestRow } from '../control/journal-rows.ts';
import type { Workbooks } from '../workbooks.ts';
import { BodyHash } from './body-hash.ts';
import { RequestJournal } from './request-journal.ts';
import type { KeptRequest } from './request-record.ts';

afterEach(() => vi.unstubAllGlobals());

const sha = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const clock = { now: () => 0, after: () => () => undefined };

/** The lines of requests, newest last. */
function rows({ control }: Pick<Session, 'control'>): readonly RequestRow[] {
  const page = control.journal({ types: ['request'] }) as { items: readonly RequestRow[] }; // json is the default
  return page.items;
}

/** A tenant that is signed in, and how to send it any bytes. */
async function anySession(options: Parameters<typeof createSession>[0] = {}) {
  const session = await createSession({ hooks: 0, ...options });
  const credential = utf8('{"serviceToken":"demo-service-token"}');
  const json = { 'content-type': 'application/json' };
  const signIn = { method: 'POST', path: '/AUTHZ/AccessTokens', query: '', headers: json, body: credential };
  const { access_token } = JSON.parse(String((await session.sim.handle(signIn)).body));
  const bytes = async (what: string, body: Uint8Array | undefined, type = 'application/json') => {
    const [method = '', path = ''] = what.split(' ');
    const headers = { authorization: `Bearer ${access_token}`, 'x-application-id': '5', 'content-type': type };
    return session.sim.handle({ method, path, query: '', headers, body });
  };
  return { ...session, bytes, jwt: String(access_token) };
}

describe('the hash of a request', () => {
  test('is that of the body as it came, however long it is and whatever it is', async () => {
    const session = await anySession();
    const file = new Uint8Array(300_000).map((_, index) => index * 7);
    const sent: readonly (readonly [string, Uint8Array, string?])[] = [
      ['POST /ES/Assets', utf8('{"name":"Лифт"}')],
      ['POST /ES/Assets', utf8('\uFEFF{"name":"Лифт"}')],
      ['POST /ES/Assets', Uint8Array.of(0x7b, 0xff, 0x7d)],
      ['PUT /ES/Assets', utf8(`{"assets":[101],"name":"${'Лифт'.repeat(2_000)}"}`)],
      ['POST /ES/Assets', utf8(`"${'a'.repeat(1_100_000)}"`)],
      ['POST /IMPORT/Assets', file, 'multipart/form-data; boundary=b'],
      ['POST /IMPORT/Assets', file.subarray(0, 9), 'multipart/form-data; boundary=b'],
    ];
    for (const [what, body, type] of sent) await session.bytes(what, body, type);
    expect(await session.control.settled()).toEqual({ settled: true, pending: 0 });
    const found = rows(session).slice(-sent.length);
    expect(found.map(({ bodyHash }) => bodyHash)).toEqual(sent.map(([, body]) => sha(body)));
    expect(found.map(({ requestBody }) => requestBody)).toEqual([
      ...['{"name":"Лифт"}', '\uFEFF{"name":"Лифт"}', '{\uFFFD}'],
      ...[null, null, null, null],
    ]);
  });

  test('of a long body is null until it is worked out, and nobody waits for it who does not want to', async () => {
    let turn = (): void => undefined;
    const soon = (run: () => void) => {
      turn = run;
      return () => undefined;
    };
    const session = await anySession({ clock: { now: () => 0, after: () => () => undefined, soon } });
    const body = utf8(`"${'a'.repeat(5_000)}"`);
    await session.bytes('POST /ES/Assets', body);
    expect(rows(session).at(-1)?.bodyHash).toBe(null);
    expect(await session.control.settled({ within: 0 })).toEqual({ settled: true, pending: 0 });
    expect(rows(session).at(-1)?.bodyHash).toBe(null);
    const waiting = session.control.settled();
    turn();
    await waiting;
    expect(rows(session).at(-1)?.bodyHash).toBe(sha(body));
  });

  test('also comes to a snapshot that was taken before it was known', async () => {
    const session = await anySession();
    const body = utf8(`"${'a'.repeat(5_000)}"`);
    await session.bytes('POST /ES/Assets', body);
    expect(rows(session).at(-1)?.bodyHash).toBe(null);
    session.control.snapshot({ name: 'early' });
    await session.control.reset();
    expect(rows(session)).toEqual([]);
    await session.control.restore({ name: 'early' });
    await session.control.settled();
    expect(rows(session).at(-1)?.bodyHash).toBe(sha(body));
  });

  test('never comes to another request that takes the place of the first', async () => {
    const journal = new RequestJournal(1);
    const hash = new BodyHash(utf8('first'), clock);
    journal.add(kept({ id: journal.begin(), hash }));
    journal.add(kept({ id: journal.begin() }));
    await journal.hashing;
    expect(journal.list()).toMatchObject([{ id: 2, hash: null }]);
    expect([hash.text, journal.hashing]).toEqual([sha('first'), undefined]);
  });

  test.each([
    ['is missing', {}],
    ['refuses', { subtle: { digest: () => Promise.reject(new Error('no')) } }],
  ])('stays null where crypto %s', async (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const session = await anySession();
    await session.bytes('POST /ES/Assets', utf8(`"${'a'.repeat(5_000)}"`));
    await session.control.settled();
    expect(rows(session).at(-1)).toMatchObject({ requestSize: 5_002, bodyHash: null });
  });
});

describe('bodies with secrets', () => {
  const secret = 'c2VjcmV0LW9mLXRoZS1yZWNlaXZlcg';
  const uri = `http://127.0.0.1/h?key=${secret}`;
  const hook = { name: 'h', uri, isActive: true, events: [41] };

  test('are shown with redacted addresses, however these are written', async () => {
    const session = await anySession();
    const written = [
      JSON.stringify([hook]),
      JSON.stringify([hook], null, 2),
      JSON.stringify([hook]).replaceAll('=', '\\u003d').replaceAll('/', '\\/'),
      JSON.stringify([hook]).replace('"uri"', '"\\u0055ri"'),
    ];
    for (const body of written)
      expect(await session.bytes('POST /MSG/Webhooks', utf8(body))).toMatchObject({ status: 201 });
    expect((await session.bytes('GET /MSG/Webhooks/1', undefined)).body).toContain(secret);
    const shown = JSON.stringify([{ ...hook, uri: 'http://127.0.0.1/h?key=***' }]);
    const posts = rows(session).filter(({ operationId }) => operationId === 'mergeWebhooks');
    expect(posts.map(({ requestBody }) => requestBody?.toLowerCase())).toEqual(written.map(() => shown.toLowerCase()));
    expect(posts[0]?.bodyHash).toBe(sha(shown));
    const read = rows(session).at(-1);
    expect(JSON.parse(read?.replyBody ?? '')).toMatchObject({ id: 1, uri: 'http://127.0.0.1/h?key=***' });
    for (const format of ['json', 'ndjson', 'har'] as const)
      expect(JSON.stringify(session.control.journal({ format }))).not.toContain(secret);
  });

  test.each([`[{"uri":"${uri}`, `[{'uri':'${uri}'}]`, `{"uri":"${uri}" x}`])(
    'are not shown where no address can be found: %s',
    async (body) => {
      const session = await anySession();
      const { status } = await session.bytes('POST /MSG/Webhooks', utf8(body));
      expect([status, rows(session).at(-1)]).toEqual([
        400,
        expect.objectContaining({ status: 400, requestBody: null, bodyHash: null, replyBody: null }),
      ]);
    },
  );

  test('that are long are hashed as they would be shown', async () => {
    const session = await anySession();
    const many = Array.from({ length: 60 }, () => hook);
    const body = utf8(JSON.stringify(many));
    expect(body.length).toBeGreaterThan(4_096);
    expect(await session.bytes('POST /MSG/Webhooks', body)).toMatchObject({ status: 201 });
    await session.bytes('POST /MSG/Webhooks', body.subarray(0, 5_000));
    await session.control.settled();
    const shown = JSON.stringify(many.map((each) => ({ ...each, uri: 'http://127.0.0.1/h?key=***' })));
    expect(rows(session).slice(-2)).toMatchObject([
      { requestBody: null, bodyHash: sha(shown) },
      { requestBody: null, bodyHash: null, replyBody: null },
    ]);
  });

  test('of tokens and variables are neither kept nor hashed', async () => {
    const session = await anySession();
    const value = [{ name: 'key', value: secret }];
    expect((await session.send('POST /ADM/Tenants/this/Variables', value)).status).toBe(201);
    expect((await session.send('GET /ADM/Tenants/this/Variables')).text).toContain(secret);
    const found = rows(session);
    expect(found.map(({ operationId }) => operationId?.replace(/[A-Z].*/, ''))).toEqual([
      ...['issue', 'issue'],
      ...['create', 'list'],
    ]);
    for (const row of found) expect(row).toMatchObject({ requestBody: null, bodyHash: null, replyBody: null });
  });
});

describe('the body of a reply', () => {
  test('is kept where it is a text of at most 4,096 characters', async () => {
    const session = await anySession();
    const asset = await session.send('GET /ES/Assets/101');
    expect(rows(session).at(-1)).toMatchObject({
      replyBody: asset.text,
      replySize: asset.text.length,
      replyType: 'application/json; charset=utf-8',
    });
    const list = await session.send('GET /ES/Assets');
    expect(list.text.length).toBeGreaterThan(4_096);
    expect(rows(session).at(-1)).toMatchObject({ replyBody: null, replySize: list.text.length });
    const refused = await session.send('POST /ES/Assets', {});
    expect([refused.status, rows(session).at(-1)]).toEqual([
      409,
      expect.objectContaining({ requestBody: '{}', replyBody: refused.text }),
    ]);
    await session.send('GET /EXPORT/Assets');
    expect(rows(session).at(-1)?.replyBody).toContain('NotImplemented');
    expect(await session.send('DELETE /ES/Assets/102')).toMatchObject({ text: '' });
    expect(rows(session).at(-1)).toMatchObject({ replyBody: null, replyType: null });
  });

  test('stands in the archive with its type and its bytes', async () => {
    const file: Workbooks = {
      read: () => expect.unreachable(),
      write: async () => Uint8Array.of(1, 2, 3),
    };
    const session = await anySession({ workbooks: file });
    const asset = await session.send('GET /ES/Assets/101');
    await session.send('GET /ES/Assets');
    await session.send('DELETE /ES/Assets/102');
    expect(await session.send('GET /EXPORT/Assets')).toMatchObject({ status: 200 });
    const har = JSON.parse((session.control.journal({ format: 'har' }) as { text: string }).text); // as asked
    const mimeType = 'application/json; charset=utf-8';
    expect(
      har.log.entries.slice(-4).map(({ response }: { response: { content: object } }) => response.content),
    ).toEqual([
      { size: utf8(asset.text).length, mimeType, text: asset.text },
      { size: -1, mimeType },
      { size: 0, mimeType: '' },
      { size: 3, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
    ]);
  });

  test('is what a fault made of it', async () => {
    const session = await anySession();
    session.control.addFault({ on: 'api', fault: { kind: 'proxy-page', status: 502 } });
    await session.send('GET /ES/Assets/101');
    expect(rows(session).at(-1)).toMatchObject({
      replyType: 'text/html; charset=utf-8',
      replyBody: expect.stringMatching(/^<!DOCTYPE html>/),
    });
  });

  test('is let go when newer ones need the room', () => {
    const journal = new RequestJournal(10_000);
    const reply = 'r'.repeat(4_096);
    for (let count = 0; count < 2_000; count++) journal.add(kept({ id: journal.begin(), reply }));
    const held = (of: RequestJournal): number => of.list().filter((each) => each.reply !== null).length;
    expect(held(journal)).toBe(1_024);
    expect(
      journal
        .list()
        .map((each) => each.reply !== null)
        .indexOf(true),
    ).toBe(976);
    const copy = journal.copy();
    for (let count = 0; count < 12_000; count++)
      copy.add(kept({ id: copy.begin(), reply: count % 2 === 0 ? reply : null }));
    expect([held(journal), held(copy)]).toEqual([1_024, 1_024]);
    // Small ones fit all.
    for (let count = 0; count < 12_000; count++) copy.add(kept({ id: copy.begin(), reply: 'small' }));
    expect(held(copy)).toBe(10_000);
  });
});

function kept(some: Partial<KeptRequest>): KeptRequest {
  return {
    ...{ id: 1, at: 0, method: 'GET', path: '/', query: '', operationId: null, memberId: null, status: 200, ms: 0 },
    ...{ requestSize: 0, replySize: 0, replyType: null, faults: [], deliveries: 0 },
    ...{ service: undefined, sent: null, hash: null, reply: null },
    ...some,
  };
}
