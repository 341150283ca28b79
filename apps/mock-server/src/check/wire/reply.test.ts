import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Parsed, parseReply } from './reply.ts';

const parse = (text: string, { isHead = false, hasEnded = false } = {}): Parsed =>
  parseReply(Buffer.from(text, 'latin1'), { isHead, hasEnded });

const replyOf = (text: string, options?: { isHead?: boolean; hasEnded?: boolean }) => {
  const parsed = parse(text, options);
  if (parsed.kind !== 'reply') throw new Error(`no reply: ${JSON.stringify(parsed)}`);
  const { reply, rest } = parsed;
  return { status: reply.status, body: reply.body.toString(), closes: reply.closes, rest: rest.toString() };
};

const http = 'HTTP/1.1 200 OK\r\n';

test.each([
  ['a length', `${http}Content-Length: 2\r\n\r\nokHTTP`, { status: 200, body: 'ok', closes: false, rest: 'HTTP' }],
  [
    'chunks',
    `${http}Transfer-Encoding: chunked\r\n\r\n2;x=1\r\nok\r\n1\r\n!\r\n0\r\n\r\nX`,
    { status: 200, body: 'ok!', closes: false, rest: 'X' },
  ],
  [
    'chunks and trailers',
    `${http}Transfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\nX`,
    { status: 200, body: '', closes: false, rest: 'X' },
  ],
  ['no content', 'HTTP/1.1 204 No Content\r\n\r\nX', { status: 204, body: '', closes: false, rest: 'X' }],
  [
    'an interim answer first',
    `HTTP/1.1 100 Continue\r\n\r\n${http}Content-Length: 0\r\n\r\n`,
    { status: 200, body: '', closes: false, rest: '' },
  ],
  [
    'Connection: close',
    `${http}Content-Length: 0\r\nConnection: Close\r\n\r\n`,
    { status: 200, body: '', closes: true, rest: '' },
  ],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', { status: 200, body: '', closes: true, rest: '' }],
  [
    'HTTP/1.0 with keep-alive',
    'HTTP/1.0 200\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n',
    { status: 200, body: '', closes: false, rest: '' },
  ],
])('understands an answer with %s', (_, text, expected) => {
  expect(replyOf(text)).toEqual(expected);
});

test('without a length the body lasts until the connection ends', () => {
  expect(parse(`${http}\r\nabc`)).toEqual({ kind: 'more' });
  expect(replyOf(`${http}\r\nabc`, { hasEnded: true })).toEqual({ status: 200, body: 'abc', closes: true, rest: '' });
});

test('an answer to HEAD has no body, whatever it announces', () => {
  expect(replyOf(`${http}Content-Length: 500\r\n\r\n`, { isHead: true }).body).toBe('');
});

test.each([
  ['something else', 'SSH-2.0', /begins with "SSH-2"/],
  ['HTTP of another kind', 'HTTP/2 200\r\n\r\n', /begins with "HTTP\/2 200"/],
  ['a length that is none', `${http}Content-Length: -1\r\n\r\n`, /Content-Length is "-1"/],
  ['two lengths', `${http}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, /Content-Length is "1, 2"/],
  ['a chunk without a size', `${http}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, /chunk without a size/],
])('%s is broken', (_, text, reason) => {
  expect(parse(text)).toEqual({ kind: 'broken', reason: expect.stringMatching(reason) });
});

test('an answer that is cut off is broken', () => {
  expect(parse(`${http}Content-Length: 9\r\n\r\nabc`, { hasEnded: true })).toMatchObject({ kind: 'broken' });
});

test('every beginning of an answer asks for more, and the whole is understood', () => {
  const body = fc.string({ maxLength: 60, unit: 'binary-ascii' });
  fc.assert(
    fc.property(body, fc.boolean(), (text, isChunked) => {
      const bytes = Buffer.from(text);
      const chunks = `${bytes.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
      const framed = isChunked
        ? `Transfer-Encoding: chunked\r\n\r\n${bytes.length === 0 ? '0\r\n\r\n' : chunks}`
        : `Content-Length: ${bytes.length}\r\n\r\n${text}`;
      const whole = `${http}${framed}`;
      for (let end = 0; end < whole.length; end++) expect(parse(whole.slice(0, end)).kind).toBe('more');
      expect(replyOf(whole)).toMatchObject({ body: text, rest: '' });
    }),
    { numRuns: 50 },
  );
});
