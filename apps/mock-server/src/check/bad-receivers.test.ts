import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { createReceiver } from '@hubex-kit/receiver';
import { toExpressHandler } from '@hubex-kit/receiver/express';
import { toNodeHandler } from '@hubex-kit/receiver/node-http';
import express from 'express';
import { describe, expect, test } from 'vitest';
import { checkTable } from './check-table.ts';
import { pickChecks } from './pick-checks.ts';
import type { Pace } from './probe.ts';
import { type Result, runChecks } from './run-checks.ts';
import { summarize } from './summary.ts';
import { readTarget } from './target.ts';

const secret = 'Zm9yLXRlc3RzLW9ubHktMTI4Yml0';
const pace = { patienceMs: 4_000, promptMs: 4_000, pauseMs: 100, storm: 60, atOnce: 8, oversize: 2_000_000 };

interface Setting {
  /** Path and query. */
  readonly path?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly pace?: Partial<Pace>;
}

/** Checks a receiver that lives as long as that takes. */
async function check(server: Server | TcpServer, setting: Setting = {}): Promise<readonly Result[]> {
  const { path = `/hook?key=${secret}`, only = [], skip = [] } = setting;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  const target = await readTarget(`http://127.0.0.1:${port}${path}`, { allowHosts: [] });
  const checks = pickChecks(checkTable, { only, skip });
  const results = await runChecks(target, { checks, pace: { ...pace, ...setting.pace }, deadlineMs: 120_000 });
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
  return results;
}

const failedIds = (results: readonly Result[]): readonly string[] =>
  results.filter(({ outcome }) => outcome === 'failed').map(({ check: { id } }) => id);

/** A request as a bad receiver sees it, once the body is there. */
interface Seen {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: string;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
  /** The body if it is an object, else {}. */
  // biome-ignore lint/suspicious/noExplicitAny: a body of any shape
  readonly fields: Record<string, any>;
}

/** What a bad receiver answers instead of 204; undefined: 204 after all; silence: nothing, ever. */
type Vice = (seen: Seen) => number | 'silence' | undefined | Promise<number | undefined>;

/** A receiver that is good but for its vices. */
interface Nature {
  /** Decides about requests with the right secret. */
  readonly vice?: Vice;
  /** Decides who knows the secret. */
  readonly knows?: (url: string) => boolean;
  /** Decides about strangers, before the body is read; undefined: 404. */
  readonly toStranger?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Bytes of the largest body. */
  readonly limit?: number;
  /** Milliseconds a body may pause. */
  readonly bodyMs?: number;
  /** Reads the body before it looks at the secret. */
  readonly readsFirst?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: (seen: Seen) => string;
  readonly setUp?: (server: Server) => void;
}

function receiver(nature: Nature): Server {
  const { vice, knows = (url) => url.includes(`key=${secret}`) && url.endsWith(secret), toStranger } = nature;
  const { limit = 1_048_576, bodyMs = 30_000, readsFirst = false, headers = {}, body = () => '', setUp } = nature;
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const refuse = (): void => {
      if (!toStranger?.(request, response)) response.writeHead(404).end();
    };
    if (!knows(url) && !readsFirst) return refuse();
    const bytes = await read(request, { limit, bodyMs });
    if (response.headersSent) return;
    if (typeof bytes === 'number') return void response.writeHead(bytes, { connection: 'close' }).end();
    if (!knows(url)) return refuse();
    const seen = see({ request, response, method, url, bytes });
    const status = (await vice?.(seen)) ?? 204;
    if (status === 'silence' || response.headersSent) return;
    const text = body(seen);
    response.writeHead(status === 204 && text !== '' ? 200 : status, headers).end(text);
  });
  setUp?.(server);
  return server;
}

function see(parts: Pick<Seen, 'request' | 'response' | 'method' | 'url' | 'bytes'>): Seen {
  const text = parts.bytes.toString();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const fields = typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
  return { ...parts, text, json, fields };
}

/** The body, or the status of a refusal. */
function read(
  request: IncomingMessage,
  { limit, bodyMs }: { limit: number; bodyMs: number },
): Promise<Buffer | number> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const expire = (): void => void setImmediate(() => resolve(408));
    let timer = setTimeout(expire, bodyMs);
    const done = (result: Buffer | number): void => {
      clearTimeout(timer);
      resolve(result);
    };
    request.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      timer = setTimeout(expire, bodyMs);
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    });
    request.on('end', () => done(size > limit ? 413 : Buffer.concat(chunks)));
    request.on('error', () => done(400));
  });
}

/** The first chunk is taken for the whole body. */
function firstChunkOnly(): Server {
  return createServer((request, response) => {
    if (!request.url?.endsWith(secret)) return void response.writeHead(404).end();
    if (request.method !== 'POST' || request.headers['content-length'] === '0')
      return void response.writeHead(204).end();
    request.once('data', (chunk: Buffer) => {
      const whole = Number(request.headers['content-length'] ?? chunk.length);
      request.resume();
      response.writeHead(chunk.length < whole ? 400 : 204).end();
    });
    request.once('end', () => void (response.headersSent || response.writeHead(204).end()));
  });
}

const media = ({ request }: Seen): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]?.toLowerCase() ?? '';
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const when =
  (rule: (seen: Seen) => unknown, status: number | 'silence' = 400): Vice =>
  (seen) =>
    seen.method === 'POST' && rule(seen) ? status : undefined;

interface Case extends Setting {
  readonly name: string;
  readonly make: () => Server | TcpServer;
  readonly fails: readonly string[];
}

const bad = (name: string, nature: Nature, fails: readonly string[], setting: Setting = {}): Case => ({
  name,
  make: () => receiver(nature),
  fails,
  ...setting,
});

/** Remembers something from request to request. */
const remembering = <Memory>(memory: () => Memory, vice: (seen: Seen, memory: Memory) => ReturnType<Vice>): Vice => {
  const kept = memory();
  return (seen) => (seen.method === 'POST' ? vice(seen, kept) : undefined);
};

const lower = (name: string): string => name.toLowerCase();
const socketUse = new WeakMap<object, number>();

const cases = (): readonly Case[] => [
  // Deliveries
  ...[40, 41, 42, 43, 44].map((id) =>
    bad(
      `refuses event ${id} the first time`,
      {
        vice: remembering(
          () => ({ seen: 0 }),
          ({ fields }, memory) => (fields.EventID === id && memory.seen++ === 0 ? 422 : undefined),
        ),
      },
      [`event-${id}`],
    ),
  ),
  bad(
    'refuses what it has just had',
    {
      vice: remembering(
        () => ({ last: '' }),
        ({ text, request }, memory) => {
          // Twice within the same check only: others begin on connections of their own as well.
          const isAgain =
            memory.last === text &&
            text.includes('"EventID":41') &&
            request.headers['content-type'] === 'application/json; charset=utf-8';
          memory.last = text;
          return isAgain ? 409 : undefined;
        },
      ),
    },
    ['duplicate'],
    { only: ['deliveries'] },
  ),
  bad(
    'creates an asset on 40 and refuses to do so twice',
    {
      vice: remembering(
        () => new Set<number>(),
        ({ fields: { EventID, AssetID } }, known) => {
          if (EventID !== 40) return undefined;
          return known.has(AssetID) ? 409 : void known.add(AssetID);
        },
      ),
    },
    ['out-of-order', 'all-at-once'],
    { only: ['deliveries'] },
  ),
  bad(
    'locks the asset and does not wait',
    {
      vice: remembering(
        () => new Set<number>(),
        async ({ fields: { AssetID } }, locked) => {
          if (typeof AssetID !== 'number') return undefined;
          if (locked.has(AssetID)) return 423;
          locked.add(AssetID);
          await later(30);
          return void locked.delete(AssetID);
        },
      ),
    },
    ['all-at-once', 'pipelined'],
  ),
  // Deliveries of another shape
  bad('requires TaskID', { vice: when(({ fields }) => 'EventID' in fields && !('TaskID' in fields)) }, [
    'absent-fields',
  ]),
  bad('requires CompanyID to be null', { vice: when(({ fields }) => typeof fields.CompanyID === 'number') }, [
    'filled-fields',
  ]),
  bad(
    'knows PascalCase only',
    {
      vice: when(({ fields }) => !('EventID' in fields) && Object.keys(fields).map(lower).includes('eventid')),
    },
    ['property-case'],
  ),
  bad('forbids fields it does not know', { vice: when(({ fields }) => Object.keys(fields).length > 10) }, [
    'extra-fields',
    'junk-bytes',
    'junk-names',
    'large-delivery',
  ]),
  bad(
    'compares bodies as text',
    { vice: when(({ json, text }) => Object(json).EventID && !text.startsWith('{"TenantID":')) },
    ['field-order', 'junk-names'],
  ),
  bad('looks events up in its list', { vice: when(({ fields }) => fields.EventID > 44) }, ['unknown-event']),
  bad('computes with AssetID', { vice: when(({ fields }) => fields.AssetID === null, 500) }, ['task-event']),
  bad(
    'has a foreign key on its own assets',
    {
      vice: when(
        ({ fields }) => fields.AssetID > 1e6 && Number.isSafeInteger(fields.AssetID) && fields.AssetID < 2 ** 31,
        500,
      ),
    },
    ['unknown-asset'],
  ),
  bad('serves one tenant and refuses the others', { vice: when(({ fields }) => fields.TenantID > 1e6, 403) }, [
    'unknown-asset',
  ]),
  // The way bytes travel
  bad(
    'compares Content-Type as text',
    {
      vice: when(
        (seen) =>
          /json$/.test(media(seen)) && seen.request.headers['content-type'] !== 'application/json; charset=utf-8',
        415,
      ),
    },
    ['content-type-bare', 'content-type-odd'],
  ),
  bad('wants a JSON content type', { vice: when((seen) => !/\/json$/.test(media(seen)), 415) }, [
    'content-type-odd',
    'junk-empty',
    'junk-form',
  ]),
  bad('wants Content-Length', { vice: when(({ request }) => request.headers['content-length'] === undefined, 411) }, [
    'chunked',
    'junk-empty',
  ]),
  {
    name: 'takes the first chunk for the whole body',
    make: firstChunkOnly,
    only: ['transport'],
    fails: ['split', 'slow-body'],
  },
  {
    name: 'gives a body a moment only',
    make: () => receiver({ bodyMs: 40 }),
    only: ['slow-body', 'unfinished-body'],
    fails: ['slow-body'],
  },
  bad('stumbles over a byte order mark', { vice: when(({ bytes }) => bytes[0] === 0xef) }, ['bom']),
  bad(
    'refuses to be asked',
    { setUp: (server) => server.on('checkContinue', (_, response) => response.writeHead(417).end()) },
    ['expect-continue'],
  ),
  bad(
    'answers one request a connection and breaks the next',
    {
      vice: when(({ request: { socket } }) => {
        const uses = (socketUse.get(socket) ?? 0) + 1;
        socketUse.set(socket, uses);
        return uses > 1;
      }),
    },
    ['keep-alive', 'pipelined', 'storm'],
  ),
  {
    name: 'reads one request and forgets what came with it',
    make: oneAtATime,
    fails: ['pipelined'],
    only: ['keep-alive', 'pipelined'],
  },
  bad(
    'keeps the connection although asked to close it',
    {
      vice: ({ response, request }) =>
        void (request.headers.connection === 'close' && response.setHeader('connection', 'keep-alive')),
    },
    ['connection-close'],
  ),
  bad('closes each connection', { headers: { connection: 'close' } }, ['keeps-connections']),
  // Junk with the right secret
  bad('refuses what is no JSON', { vice: when(({ json }) => json === undefined) }, [
    'bom',
    'junk-text',
    'junk-empty',
    'junk-bytes',
    'junk-form',
    'junk-row',
  ]),
  bad('refuses an empty body', { vice: when(({ text }) => text.trim() === '') }, ['junk-empty']),
  bad(
    'reads fields of whatever JSON it gets',
    {
      vice: when(
        ({ json, text }) =>
          json !== undefined &&
          text.trim() !== '' &&
          Object(json).EventID === undefined &&
          !/eventid/i.test(text.slice(0, 200)),
        500,
      ),
    },
    ['junk-shape', 'junk-deep'],
  ),
  bad(
    'refuses ids that are no whole numbers',
    {
      vice: when(
        ({ fields: { AssetID, EventID, TenantID } }) =>
          AssetID !== undefined &&
          (![AssetID, EventID].every((id) => id === null || Number.isInteger(id)) ||
            AssetID === -1 ||
            TenantID === null),
        422,
      ),
    },
    ['junk-ids', 'junk-numbers'],
  ),
  bad('has a column of 32 bits', { vice: when(({ fields }) => Math.abs(fields.AssetID) > 2 ** 31, 500) }, [
    'junk-numbers',
  ]),
  bad('refuses bytes that are no UTF-8', { vice: when(({ text }) => text.includes('\uFFFD')) }, ['junk-bytes']),
  bad('overflows its stack', { vice: when(({ text }) => /^(\[{999}|(\{"a":){999})/.test(text), 500) }, ['junk-deep']),
  bad('refuses __proto__', { vice: when(({ text }) => text.includes('__proto__')) }, ['junk-names']),
  bad('refuses form fields', { vice: when((seen) => media(seen).includes('form'), 415) }, ['junk-form']),
  bad(
    'locks out after nine bad bodies in a row',
    {
      vice: remembering(
        () => ({ row: 0 }),
        ({ json }, memory) => {
          memory.row = json === undefined ? memory.row + 1 : 0;
          return memory.row > 9 ? 429 : undefined;
        },
      ),
    },
    ['junk-row'],
    { only: ['deliveries', 'junk-row'] },
  ),
  // Strangers
  bad('has no secret', { knows: () => true }, ['secret-in-url'], { path: '/hook' }),
  bad('has a weak secret', { knows: (url) => url === '/hook?key=letmein' }, ['secret-strength'], {
    path: '/hook?key=letmein',
  }),
  bad('takes any secret', { bodyMs: 1_500, knows: (url) => /key=.+/.test(url) }, ['wrong-secret']),
  bad('compares the beginning of the secret', { knows: (url) => url.includes(secret) }, ['wrong-secret']),
  bad('compares secrets without regard to case', { knows: (url) => lower(url).endsWith(`=${lower(secret)}`) }, [
    'wrong-secret',
  ]),
  bad('asks for no secret when none is given', { knows: (url) => url.endsWith(secret) || !/key=./.test(url) }, [
    'missing-secret',
    'stranger-junk',
  ]),
  bad(
    'answers 200 to bad bodies before it looks at the secret',
    {
      readsFirst: true,
      bodyMs: 1_500,
      toStranger: (request, response) =>
        request.headers['content-length'] === '0' && Boolean(response.writeHead(200).end()),
    },
    ['stranger-junk'],
  ),
  bad('throws when it refuses', { toStranger: (_, response) => Boolean(response.writeHead(500).end()) }, [
    'stranger-status',
  ]),
  bad(
    'sends strangers to a login page',
    { toStranger: (_, response) => Boolean(response.writeHead(302, { location: '/login' }).end()) },
    ['stranger-status'],
  ),
  bad('reads the body of strangers', { readsFirst: true, bodyMs: 6_000 }, ['stranger-early'], {
    only: ['strangers'],
    pace: { patienceMs: 1_500 },
  }),
  // Size and pace
  bad('has a limit of 30 kB', { limit: 30_000 }, ['junk-deep', 'large-delivery']),
  bad('hangs on large bodies', { limit: 1e9, vice: when(({ bytes }) => bytes.length > 1e6, 'silence') }, ['oversize'], {
    only: ['size'],
    pace: { patienceMs: 2_000 },
  }),
  bad('has no limit', { limit: 1e9 }, ['body-limit']),
  bad('waits for the rest of a body for ever', { bodyMs: 60_000 }, ['unfinished-body'], {
    only: ['size'],
    pace: { patienceMs: 1_500 },
  }),
  bad(
    'takes half a body for a whole one',
    {
      bodyMs: 1_500,
      setUp: (server) =>
        server.on(
          'request',
          (request, response) =>
            void (
              request.headers['content-length'] &&
              later(300).then(() => request.complete || response.headersSent || response.writeHead(200).end())
            ),
        ),
    },
    ['unfinished-body'],
    { only: ['size'] },
  ),
  {
    name: 'reads one body after the other',
    make: oneBodyAtATime,
    fails: ['slow-neighbours'],
    only: ['size'],
    pace: { patienceMs: 2_000 },
  },
  // Answers
  bad(
    'redirects to a slash at the end',
    {
      vice: ({ response }) => void response.writeHead(301, { location: '/hook/' }).end(),
    },
    ['event-40', 'no-redirect', 'still-there'],
    { only: ['event-40', 'no-redirect', 'still-there', 'probe-get'] },
  ),
  bad('works before it answers', { vice: () => later(120).then(() => undefined) }, ['prompt', 'storm-pace'], {
    only: ['prompt', 'storm', 'storm-pace'],
    pace: { promptMs: 100 },
  }),
  bad('answers with a page', { body: () => 'x'.repeat(70_000) }, ['short-answer']),
  bad('throws at GET and HEAD', { vice: ({ method }) => (method === 'POST' ? undefined : 500) }, [
    'probe-get',
    'probe-head',
  ]),
  bad('hangs at HEAD', { vice: ({ method }) => (method === 'HEAD' ? 'silence' : undefined) }, ['probe-head'], {
    only: ['answers'],
    pace: { patienceMs: 1_500 },
  }),
  // Storms
  bad(
    'takes three at a time',
    {
      vice: remembering(
        () => ({ running: 0 }),
        async (_, memory) => {
          if (memory.running >= 3) return 429;
          memory.running++;
          await later(100);
          return void memory.running--;
        },
      ),
    },
    ['all-at-once', 'storm'],
    { only: ['all-at-once', 'keep-alive', 'storm'] },
  ),
  bad(
    'falls over in the storm',
    {
      vice: remembering(
        () => new Set<number>(),
        ({ fields }, seen) => (seen.add(fields.AssetID).size > 45 ? 500 : undefined),
      ),
    },
    ['storm', 'still-there'],
  ),
  // What answers give away
  bad('repeats the address', { body: ({ url }) => `POST ${url} done` }, ['no-secret']),
  bad(
    'redirects to an address with the secret',
    {
      vice: ({ response, url }) => void response.writeHead(307, { location: `https://example.com${url}` }).end(),
    },
    ['event-40', 'no-redirect', 'no-secret'],
    { only: ['event-40', 'no-redirect', 'no-secret'] },
  ),
  bad(
    'shows strangers its stack',
    {
      toStranger: (_, response) => Boolean(response.writeHead(403).end(String(new Error('wrong secret').stack))),
    },
    ['no-internals'],
  ),
  bad(
    'shows its stack on a page, as Express does unless told otherwise',
    { body: () => '<pre>Error: x<br> &nbsp; &nbsp;at parse (/app/json.js:92:19)</pre>' },
    ['no-internals'],
    { only: ['event-40', 'no-internals'] },
  ),
  bad('tells what it runs', { headers: { 'x-powered-by': 'Express' } }, ['no-banner']),
];

/** Node takes pipelined requests apart; this one answers what it finds first and drops the rest of the bytes. */
function oneAtATime(): TcpServer {
  return createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'));
  });
}

/** One worker, as the development servers of several languages have. */
function oneBodyAtATime(): Server {
  let last: Promise<unknown> = Promise.resolve();
  return createServer((request, response) => {
    last = last.then(async () => {
      const bytes = await read(request, { limit: 1_048_576, bodyMs: 700 });
      response.writeHead(typeof bytes === 'number' ? bytes : 204, { connection: 'close' }).end();
    });
  });
}

describe('a good receiver passes everything', () => {
  test('of @hubex-kit/receiver on node:http', async () => {
    const quiet = { onError: () => undefined, onQuarantine: () => undefined };
    const good = createReceiver({ secrets: secret, bodyTimeoutMs: 1_000, ...quiet });
    const results = await check(createServer(toNodeHandler(good)));
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(results).toHaveLength(checkTable.length);
    expect(summarize(results, { isStrict: true })).toMatchObject({ passed: checkTable.length, exitCode: 0 });
  });

  test('of @hubex-kit/receiver in Express', async () => {
    const quiet = { onError: () => undefined, onQuarantine: () => undefined };
    const good = createReceiver({ secrets: secret, bodyTimeoutMs: 1_000, ...quiet });
    const app = express().disable('x-powered-by').use('/hook', toExpressHandler(good));
    const results = await check(createServer(app));
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  test('with the secret in its path', async () => {
    const quiet = { onError: () => undefined, onQuarantine: () => undefined };
    const good = createReceiver({ secrets: secret, bodyTimeoutMs: 1_000, ...quiet });
    const results = await check(createServer(toNodeHandler(good)), { path: `/hubex/${secret}/hook?from=hubex` });
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  test('written by hand: what the bad ones below are made from', async () => {
    expect(failedIds(await check(receiver({ bodyMs: 1_500 })))).toEqual([]);
  });
});

describe.concurrent('a bad receiver fails exactly what it does badly', () => {
  test.each(cases())('$name', { timeout: 60_000 }, async ({ make, fails, ...setting }) => {
    // It has to wait for the receiver's own time limit, in every case.
    const skip = fails.includes('unfinished-body') ? [] : ['unfinished-body'];
    expect(failedIds(await check(make(), { skip, ...setting }))).toEqual(fails);
  });
});

describe.concurrent('the run ends, whatever the receiver does', () => {
  const talking = (talk: (socket: Socket) => void): TcpServer =>
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      talk(socket);
    });
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: ';
  const endless = (socket: Socket): void => {
    const more = (): void => void (socket.writable && socket.write('x'.repeat(65_536), more));
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.once('data', more);
  };
  test.each<[name: string, talk: (socket: Socket) => void, found: RegExp]>([
    ['says nothing', (socket) => void socket.resume(), /no answer within 200 ms/],
    ['does not even read', (socket) => void socket.pause(), /no answer within 200 ms/],
    ['hangs up at once', (socket) => void socket.end(), /closed the connection|broke the connection off/],
    [
      'resets the connection',
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
      /broke the connection off|closed the connection/,
    ],
    ['speaks another protocol', (socket) => void socket.write('220 smtp ready\r\n'), /begins with "220 s"/],
    ['answers half a head', (socket) => void socket.write('HTTP/1.1 200'), /no answer within 200 ms/],
    ['answers less than it announces', (socket) => void socket.write(`${ok}10\r\n\r\nabc`), /no answer within 200 ms/],
    [
      'answers less and hangs up',
      (socket) => void socket.once('data', () => socket.end(`${ok}10\r\n\r\nabc`)),
      /ends after 3 of 10 bytes/,
    ],
    ['announces a length that is none', (socket) => void socket.write(`${ok}many\r\n\r\n`), /Content-Length is "many"/],
    [
      'sends chunks that are none',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n'),
      /chunk without a size/,
    ],
    ['answers without an end', endless, /more than 1048576 bytes/],
    [
      'sends interim answers only',
      (socket) => void socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50)),
      /no answer within 200 ms/,
    ],
    [
      'sends a head without an end',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'x-a: 1\r\n'.repeat(20_000)}`),
      /head of the answer has more/,
    ],
  ])('when it %s', { timeout: 60_000 }, async (_, talk, found) => {
    // Only the silent ones need the whole of it.
    const patienceMs = String(found).includes('no answer') ? 200 : 2_000;
    const results = await check(talking(talk), { pace: { patienceMs, pauseMs: 10, storm: 20 } });
    const [first] = results;
    expect([first?.check.id, first?.outcome, first?.text]).toEqual([
      'event-40',
      'failed',
      expect.stringMatching(found),
    ]);
    expect(results).toHaveLength(checkTable.length);
    expect(summarize(results, { isStrict: false }).exitCode).toBe(1);
  });

  test('when it dies on the way: what comes after is failed or not run, and told so', { timeout: 60_000 }, async () => {
    const server = receiver({
      vice: ({ text }) => {
        if (!text.startsWith('[[[')) return undefined;
        server.close();
        server.closeAllConnections();
        return 'silence';
      },
    });
    const results = await check(server, { pace: { patienceMs: 1_000 } });
    const after = results.slice(results.findIndex(({ check: { id } }) => id === 'junk-deep'));
    expect(after[0]?.text).toMatch(/20000 arrays in each other: it/);
    expect(after.filter(({ outcome }) => outcome === 'not-run').length).toBeGreaterThan(10);
    expect(results.at(-1)?.text).toBe('given up: 5 checks in a row got no answer');
    expect(summarize(results, { isStrict: false })).toMatchObject({ exitCode: 1, notRun: expect.any(Number) });
  });

  test('when the time is over', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    const target = await readTarget(`http://127.0.0.1:${port}/hook?key=${secret}`, { allowHosts: [] });
    const results = await runChecks(target, {
      checks: checkTable,
      pace: { ...pace, patienceMs: 60_000 },
      deadlineMs: 50,
    });
    expect(results[0]).toMatchObject({ outcome: 'failed', text: 'it was not done when its time was over' });
    expect(new Set(results.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(['not-run']));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('when nobody is there', async () => {
    const target = await readTarget('http://127.0.0.1:1/hook?key=letmein', { allowHosts: [] });
    const run = runChecks(target, { checks: checkTable, pace, deadlineMs: 1_000 });
    await expect(run).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/nobody listens there/),
    });
  });
});

test('no check passes whatever the receiver does: each is failed by some bad one', () => {
  const failable = new Set(cases().flatMap(({ fails }) => fails));
  expect(checkTable.map(({ id }) => id).filter((id) => !failable.has(id))).toEqual([]);
});
