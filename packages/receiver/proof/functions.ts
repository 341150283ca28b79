import { setImmediate } from 'node:timers/promises';
import { toLambdaHandler } from '../src/adapters/aws-lambda.ts';
import { toFetchHandler } from '../src/adapters/fetch.ts';
import type { FunctionEvent } from '../src/adapters/function-event.ts';
import { toYandexFunction } from '../src/adapters/yandex-functions.ts';
import { calledText, cannotReadBytes, hasNoPath, runsAlone } from './exceptions.ts';
import { openFunction, type Place } from './place.ts';
import type { Shape } from './shapes.ts';

interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

function partsOf({ method = 'POST', target = '/', headers, body = '' }: Shape): Parts {
  const [path = '', rawQuery = ''] = target.replace(/^http:\/\/[^/]*/, '').split(/[?](.*)/s);
  const all = { 'content-type': 'application/json', ...headers };
  return { method, path, rawQuery, query: new URLSearchParams(rawQuery), headers: all, bytes: Buffer.from(body) };
}

type Encoded = Pick<Required<FunctionEvent>, 'body' | 'isBase64Encoded'>;

const asText = ({ bytes }: Parts): Encoded => ({ body: bytes.toString(), isBase64Encoded: false });
const asBase64 = ({ bytes }: Parts): Encoded => ({ body: bytes.toString('base64'), isBase64Encoded: true });
/** What is text by its type comes as text, everything else as base64: HTTP APIs, function URLs. */
const byType = (parts: Parts): Encoded => {
  const { 'content-type': type = '', 'content-encoding': encoding } = parts.headers;
  return /^(text\/|application\/(json|javascript|xml|x-www-form))/.test(type) && !encoding
    ? asText(parts)
    : asBase64(parts);
};

const decodedQuery = ({
  query,
}: Parts): Pick<FunctionEvent, 'queryStringParameters' | 'multiValueQueryStringParameters'> => ({
  // Of several values of one name only the last is here.
  queryStringParameters: Object.fromEntries(query),
  multiValueQueryStringParameters: Object.fromEntries(
    [...new Set(query.keys())].map((name) => [name, query.getAll(name)]),
  ),
});

const restEvent = (encode: (parts: Parts) => Encoded) => (parts: Parts) => ({
  ...{ resource: '/{proxy+}', path: parts.path, httpMethod: parts.method, headers: parts.headers },
  ...{ requestContext: { httpMethod: parts.method, stage: 'prod' }, ...decodedQuery(parts) },
  ...(parts.bytes.length > 0 ? encode(parts) : { body: null, isBase64Encoded: false }),
});

/** Payload 2.0: the query as it came, no body where none was sent. */
const httpEvent = (encode: (parts: Parts) => Encoded) => (parts: Parts) => ({
  ...{
    version: '2.0',
    routeKey: '$default',
    rawPath: parts.path,
    rawQueryString: parts.rawQuery,
    headers: parts.headers,
  },
  queryStringParameters: Object.fromEntries(
    [...new Set(parts.query.keys())].map((name) => [name, parts.query.getAll(name).join()]),
  ),
  requestContext: { http: { method: parts.method, path: parts.path, protocol: 'HTTP/1.1' } },
  ...(parts.bytes.length > 0 ? encode(parts) : { isBase64Encoded: false }),
});

/** Yandex, called by its own address: there is no path in it. */
const yandexEvent = (parts: Parts) => ({
  ...{ httpMethod: parts.method, headers: parts.headers, requestContext: { httpMethod: parts.method } },
  ...decodedQuery(parts),
  ...byType(parts),
});

/** Yandex behind an API Gateway, which tells the path of its specification and the address it was called by. */
const gatewayEvent = (parts: Parts) => ({
  ...yandexEvent(parts),
  ...{ url: `${parts.path}?${parts.rawQuery}`, path: '/hubex/{rest+}', pathParams: {}, operationId: 'hubex' },
  ...asBase64(parts),
});

function lambda(name: string, toEvent: (parts: Parts) => FunctionEvent, exceptions: Place['exceptions'] = {}): Place {
  return {
    name,
    ways: ['one', 'at once'],
    exceptions: { ...exceptions, ...runsAlone },
    async open(receiver) {
      const handle = (name.startsWith('Yandex') ? toYandexFunction : toLambdaHandler)(receiver);
      return openFunction(async (shape) => (await handle(toEvent(partsOf(shape)))).statusCode);
    },
  };
}

/** A Request as the wire would have made it. */
async function toRequest({ method = 'POST', target = '/', headers = {}, body = '', way }: Shape): Promise<Request> {
  const all = Object.entries({ 'content-type': 'application/json', ...headers }).filter(([, value]) => value);
  const address = target.startsWith('http') ? target : `http://own.example${target}`;
  const bytes = new Uint8Array(Buffer.from(body));
  const step = way === 'in bytes' ? 1 : 40;
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // As a network would: never without a pause.
      await setImmediate();
      if (way === 'trickle' || way === 'flood') controller.enqueue(new Uint8Array(way === 'flood' ? 0x4000 : 1));
      else if (at < bytes.length) controller.enqueue(bytes.slice(at, at + step));
      else if (way === 'cut off') controller.error(new Error('reset'));
      else if (way === 'no end') await new Promise(() => undefined);
      else controller.close();
      at += step;
    },
  });
  const init = { method, headers: all, duplex: 'half' } as RequestInit;
  const isOne = way === undefined || way === 'one' || way === 'at once';
  if (!/^(GET|HEAD)$/.test(method) && body.length > 0) init.body = isOne ? bytes : stream;
  const request = new Request(address, init);
  if (headers['x-consume']) await request.text();
  return request;
}

/** Places without a server. */
export const functions: readonly Place[] = [
  {
    name: 'fetch, Request to Response',
    ways: ['one', 'at once', 'chunked', 'in bytes', 'no end', 'trickle', 'flood', 'cut off'],
    exceptions: { 'a body that is cut off': { why: 'there is nobody to hang up', status: 400 } },
    async open(receiver) {
      const handle = toFetchHandler(receiver);
      return openFunction(async (shape) => (await handle(await toRequest(shape))).status);
    },
  },
  lambda('AWS Lambda, REST API', restEvent(asText), cannotReadBytes),
  lambda('AWS Lambda, REST API with binary types', restEvent(asBase64)),
  lambda('AWS Lambda, HTTP API', httpEvent(byType), calledText),
  lambda('AWS Lambda, function URL', httpEvent(asBase64)),
  lambda('Yandex Cloud Functions', yandexEvent, { ...calledText, ...hasNoPath }),
  lambda('Yandex Cloud Functions, API Gateway', gatewayEvent),
];
