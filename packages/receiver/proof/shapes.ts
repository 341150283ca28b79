import { gzipSync } from 'node:zlib';
import type { Verdict } from '../src/index.ts';

/** The secrets of every receiver in the suite: two, as during a rotation. */
export const secrets = ['Zm9yLXRlc3RzLW9ubHktMTI4Yml0', 'YW5vdGhlci1zZWNyZXQtMTI4Yml0'] as const;
/** The body limit of every receiver in the suite. */
export const maxBodyBytes = 90_000;

const [secret, other] = secrets;
const right = `/hubex?key=${secret}`;
const event = { TenantID: 105, TaskID: null, AssetID: 7, EventID: 41, Note: 'Проверка' };
const delivery: string = JSON.stringify(event);
const withFields = (fields: object): string => JSON.stringify({ ...event, ...fields });
const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** How the bytes travel. `one` is a request in one piece; cloud functions know no other. */
export type Way =
  | 'one'
  | 'chunked'
  | 'in bytes'
  | 'no end'
  | 'trickle'
  | 'flood'
  | 'no wait'
  | 'cut off'
  | 'kept alive'
  | 'pipelined'
  | 'at once'
  | 'expect';

/** What goes wrong on our side. */
export type Fault =
  | 'inbox throws'
  | 'inbox rejects'
  | 'inbox takes its time'
  | 'onError throws'
  | 'onQuarantine throws'
  | 'onUnknown throws'
  | 'handler throws'
  | 'handler rejects'
  | 'handler never ends';

/** A request and what has to become of it. */
export interface Shape {
  readonly name: string;
  readonly method?: string;
  /** Path and query. Every server is mounted at /hubex. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly way?: Way;
  readonly fault?: Fault;
  /** Default 1.1. */
  readonly version?: '1.0' | '1.1';
  readonly status: number;
  readonly verdict: Verdict;
}

const stored = { status: 204, verdict: 'stored', target: right, body: delivery } as const;
const junk = { status: 204, verdict: 'quarantined', target: right } as const;
const stranger = { status: 404, verdict: 'wrong-secret', body: delivery } as const;
const probe = { status: 204, verdict: 'probe', target: right, body: '' } as const;
const tooMuch = withFields({ Note: 'x'.repeat(maxBodyBytes) });
const large = { status: 413, verdict: 'too-large', target: right, body: tooMuch } as const;
const slow = { status: 408, verdict: 'too-slow', target: right, body: delivery } as const;
const type = (value: string): { readonly headers: { readonly 'content-type': string } } => ({
  headers: { 'content-type': value },
});

const gzip = { 'content-encoding': 'gzip' };

/** Every odd request we could think of. A name is used once. */
export const shapes: readonly Shape[] = [
  { name: 'a delivery', ...stored },
  { name: 'chunked', ...stored, way: 'chunked' },
  { name: 'in pieces that cut letters', ...stored, way: 'in bytes' },
  { name: 'Expect: 100-continue', ...stored, way: 'expect' },
  { name: 'two on one connection', ...stored, way: 'kept alive' },
  { name: 'pipelined', ...stored, way: 'pipelined' },
  { name: 'twenty at once', ...stored, way: 'at once' },
  { name: 'a byte order mark', ...stored, body: `\uFEFF${delivery}` },
  { name: 'charset=utf-8', ...stored, ...type('application/json; charset=utf-8') },
  {
    name: 'charset=windows-1251',
    ...stored,
    ...type('application/json; charset=windows-1251'),
    body: Buffer.from(withFields({ Note: 'Ïðîâåðêà' }), 'latin1'),
  },
  { name: 'text/plain', ...stored, ...type('text/plain') },
  { name: 'a wrong content type', ...stored, ...type('application/xml') },
  { name: 'a content type that is none', ...stored, ...type('what is this') },
  { name: 'application/octet-stream', ...stored, ...type('application/octet-stream') },
  { name: 'no content type', ...stored, ...type('') },
  { name: 'gzip', ...stored, headers: gzip, body: gzipSync(delivery) },
  { name: 'gzip that no header tells of', ...stored, body: gzipSync(delivery) },
  { name: 'gzip of more than the limit', ...large, headers: gzip, body: gzipSync(tooMuch) },
  {
    name: 'gzip of ten times the limit',
    ...large,
    headers: gzip,
    body: gzipSync(delivery.padEnd(10 * maxBodyBytes)),
  },
  { name: 'gzip that is none', ...stored, headers: gzip },
  { name: 'broken gzip', ...junk, body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]) },
  { name: 'form fields', ...junk, ...type('application/x-www-form-urlencoded'), body: 'TenantID=105&AssetID=7' },
  { name: 'JSON called form fields', ...stored, ...type('application/x-www-form-urlencoded') },
  { name: 'an array', ...junk, body: `[${delivery}]` },
  { name: 'a number', ...junk, body: '5' },
  { name: 'null', ...junk, body: 'null' },
  { name: 'an empty object', ...junk, body: '{}' },
  { name: 'no body', ...junk, body: '' },
  { name: 'no JSON', ...junk, body: 'Доброе утро' },
  { name: 'half a JSON', ...junk, body: delivery.slice(0, 30) },
  { name: 'bytes that are no text', ...junk, body: Buffer.from([0xff, 0xfe, 0, 1, 2]) },
  { name: 'a deep array', ...junk, body: deep(40_000) },
  { name: 'a delivery with a deep field', ...stored, body: delivery.replace('}', `,"New":${deep(1000)}}`) },
  { name: 'a number beyond all bounds', ...junk, body: delivery.replace('7', '1e999') },
  {
    name: 'fields named like functions',
    ...stored,
    body: withFields({ trim: 'x', byteLength: 8, slice: {}, toString: 1 }),
  },
  { name: 'a null that gives way', ...stored, body: '{"TenantID":105,"AssetID":null,"assetid":7,"EventID":41}' },
  { name: 'JSON in JSON', ...junk, body: JSON.stringify(delivery) },
  { name: 'line breaks around', ...stored, body: `\r\n ${delivery}\n` },
  { name: 'UTF-16', ...junk, body: Buffer.from(`\uFEFF${delivery}`, 'utf16le') },
  {
    name: 'several parts',
    ...junk,
    ...type('multipart/form-data; boundary=x'),
    body: `--x\r\n\r\n${delivery}\r\n--x--`,
  },
  { name: 'problem+json', ...stored, ...type('application/problem+json') },
  { name: 'a number beyond 32 bits', ...junk, body: withFields({ AssetID: 2 ** 40 }) },
  { name: 'an unknown field with a huge number', ...stored, body: delivery.replace('null', '9'.repeat(500)) },
  { name: 'lower-case names', ...stored, body: '{"tenantid":105,"assetid":7,"eventid":41}' },
  { name: 'null fields', ...stored, body: withFields({ TaskID: null, UserID: null, TaskStageID: null }) },
  { name: 'optional fields missing', ...stored, body: '{"TenantID":105,"AssetID":7,"EventID":41}' },
  { name: 'fields nobody knows', ...stored, body: withFields({ Новое: [1], __proto: {}, constructor: 1 }) },
  { name: 'an unknown EventID', ...stored, body: withFields({ EventID: 200 }) },
  { name: 'an event of a task', ...stored, body: '{"TenantID":105,"TaskID":9,"EventID":3,"AssetID":null}' },
  { name: 'EventID as text', ...junk, body: withFields({ EventID: '41' }) },
  { name: 'a name twice', ...stored, body: delivery.replace('"AssetID":7', '"AssetID":6,"AssetID":7') },
  { name: 'as large as the limit', ...stored, body: delivery.padEnd(maxBodyBytes - 8, ' ') },
  { name: 'larger than the limit', ...large },
  { name: 'larger than the limit, chunked', ...large, way: 'chunked' },
  { name: 'twenty times the limit', ...large, body: withFields({ Note: 'x'.repeat(20 * maxBodyBytes) }) },
  { name: 'a body that never ends', ...slow, way: 'no end' },
  { name: 'a body that comes byte by byte for ever', ...slow, way: 'trickle' },
  { name: 'larger than the limit and never ending', ...large, way: 'flood' },
  { name: 'a sender that does not wait for the answer', ...stored, status: 0, way: 'no wait' },
  { name: 'a body that is cut off', ...stored, way: 'cut off', status: 0, verdict: 'incomplete' },
  {
    name: 'a body that somebody has read before us',
    ...stored,
    headers: { 'x-consume': '1' },
    status: 500,
    verdict: 'consumed',
  },
  { name: 'a trailing slash', ...stored, target: `/hubex/?key=${secret}` },
  { name: 'a deeper path', ...stored, target: `/hubex/a/b?key=${secret}` },
  { name: 'doubled slashes after the mount', ...stored, target: `/hubex//?key=${secret}` },
  { name: 'doubled slashes before the mount', ...stored, target: `//hubex?key=${secret}` },
  { name: 'the secret in the path', ...stored, target: `/hubex/${secret}` },
  { name: 'the secret in the path, and slashes', ...stored, target: `/hubex//${secret}/` },
  { name: 'an escaped secret', ...stored, target: `/hubex?key=%5A${secret.slice(1)}` },
  { name: 'the other secret', ...stored, target: `/hubex?key=${other}` },
  { name: 'a wrong secret, then the right one', ...stored, target: `/hubex?key=wrong&key=${secret}` },
  { name: 'the right secret, then a wrong one', ...stored, target: `/hubex?key=${secret}&key=wrong` },
  { name: 'the right secret twice', ...stored, target: `/hubex?key=${secret}&key=${secret}` },
  { name: 'the secret in path and query', ...stored, target: `/hubex/${secret}?key=${secret}` },
  { name: 'an escaped secret in the path', ...stored, target: `/hubex/%5A${secret.slice(1)}` },
  { name: 'a broken escape in the query', ...stored, target: `/hubex?a=%zz&key=${secret}` },
  { name: 'a broken escape in the path', ...stored, target: `/hubex/%zz?key=${secret}` },
  { name: 'a long query', ...stored, target: `/hubex?a=${'1&b='.repeat(2000)}&key=${secret}` },
  { name: 'the whole address in the request line', ...stored, target: `http://own.example/hubex?key=${secret}` },
  { name: 'other parameters around', ...stored, target: `/hubex?a=1&key=${secret}&b=%D0%B0+` },
  { name: 'a wrong secret', ...stranger, target: '/hubex?key=wrong' },
  { name: 'a secret but for its last letter', ...stranger, target: `/hubex?key=${secret.slice(0, -1)}` },
  { name: 'no secret', ...stranger, target: '/hubex' },
  { name: 'an empty secret', ...stranger, target: '/hubex?key=' },
  { name: 'a wrong secret with a body that never ends', ...stranger, target: '/hubex?key=wrong', way: 'no end' },
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE'].map((method) => ({ name: method, ...probe, method })),
  { name: 'GET with a body, twice on one connection', ...probe, method: 'GET', body: delivery, way: 'kept alive' },
  ...['PUT', 'PATCH'].map((method) => ({ name: method, ...stored, method })),
  { name: 'HTTP/1.0', ...stored, version: '1.0' },
  { name: 'an upgrade nobody asked for', ...stored, headers: { connection: 'upgrade', upgrade: 'h2c' } },
  ...['GET', 'HEAD', 'OPTIONS', 'PUT'].map((method) => ({
    name: `${method} without a secret`,
    ...stranger,
    method,
    target: '/hubex',
    body: '',
  })),
  { name: 'an inbox that throws', ...stored, fault: 'inbox throws', status: 503, verdict: 'not-stored' },
  { name: 'an inbox that rejects', ...stored, fault: 'inbox rejects', status: 503, verdict: 'not-stored' },
  { name: 'an inbox that takes its time', ...stored, fault: 'inbox takes its time' },
  { name: 'an onQuarantine that throws', ...junk, body: '[]', fault: 'onQuarantine throws' },
  { name: 'an onUnknown that throws', ...stored, body: withFields({ EventID: 3 }), fault: 'onUnknown throws' },
  { name: 'an onError that throws', ...junk, body: '{}', fault: 'onError throws' },
  { name: 'a handler that throws', ...stored, fault: 'handler throws' },
  { name: 'a handler that rejects', ...stored, fault: 'handler rejects' },
  { name: 'a handler that never ends', ...stored, fault: 'handler never ends' },
];
