import type { Receiver } from '../create-receiver.ts';
import { awaitHandlers } from './await-handlers.ts';
import { unpackBody } from './unpack-body.ts';

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An HTTP request as cloud functions get it: the fields of AWS and Yandex that the adapters use, any of which may be missing. */
export interface FunctionEvent {
  readonly httpMethod?: string | undefined;
  /** Of AWS's payload 2.0 `http.method` is used. */
  readonly requestContext?: object | undefined;
  readonly rawPath?: string | undefined;
  readonly path?: string | undefined;
  readonly url?: string | undefined;
  readonly rawQueryString?: string | undefined;
  readonly queryStringParameters?: Values | null | undefined;
  readonly multiValueQueryStringParameters?: Values | null | undefined;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean | undefined;
}

/** What a cloud function answers. */
export interface FunctionReply {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Receives an event and waits for the handlers. Never rejects: an event that is no HTTP request is answered 404. */
export function toFunction(receiver: Receiver): (event: FunctionEvent) => Promise<FunctionReply> {
  const { receive } = awaitHandlers(receiver);
  return async (event) => {
    const { httpMethod, requestContext, body, isBase64Encoded }: FunctionEvent = Object(event);
    const { http }: { readonly http?: { readonly method?: string } } = Object(requestContext);
    const answer = await receive({
      method: httpMethod ?? http?.method ?? 'POST',
      url: addressOf(Object(event)),
      readBody: async ({ maxBodyBytes }) =>
        unpackBody(isBase64Encoded ? decode(body, maxBodyBytes) : (body ?? ''), maxBodyBytes),
    });
    return { statusCode: answer.status, headers: {}, body: '' };
  };
}

/** Path and query, with every value of a parameter that was sent several times. */
function addressOf(event: FunctionEvent): string {
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {};
  const query = Object.entries(parameters).flatMap(([name, value]) => [value].flat().map((each) => `${name}=${each}`));
  // Yandex tells the address as `url`; its `path` is the one of the specification, with names where the secret may be.
  return `${event.rawPath ?? event.url ?? event.path ?? '/'}?${[event.rawQueryString ?? '', ...query].join('&')}`;
}

function decode(body: unknown, maxBodyBytes: number): unknown {
  const text = `${body ?? ''}`;
  // Too long in any case: not worth the time that decoding takes.
  if (text.length > 2 * maxBodyBytes) return text;
  try {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let index = 0; index < bytes.length; index++) bytes[index] = letters.charCodeAt(index);
    return bytes;
  } catch {
    // Not base64 after all: taken as it is.
    return body;
  }
}
