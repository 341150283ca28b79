import type { ControlArguments, ControlName, ControlResult, StreamResult, TextResult } from '@hubex-kit/simulator';
import { ControlRequestError } from './control-request-error.ts';
import { readEvents } from './event-reader.ts';

/** Where the mock is, and for whom controls are carried out. */
export interface ControlClientOptions {
  /** Address of the server, such as `http://127.0.0.1:4010`; with or without /__mock. */
  readonly url: string;
  /** Service token or id of the tenant. Default: the default tenant. */
  readonly tenant?: string | number;
  /** What the server was started with as --control-token. */
  readonly controlToken?: string;
  /** Makes the calls. Default: the platform's own. */
  readonly fetch?: typeof fetch;
}

type Answer<Result> = Result extends TextResult
  ? string
  : Result extends StreamResult<infer Message>
    ? AsyncIterable<Message>
    : Result;

/** The controls of a running server as functions. Each rejects with ControlRequestError. */
export type ControlClient = {
  readonly [Name in ControlName]: (...input: ControlArguments<Name>) => Promise<Answer<Awaited<ControlResult<Name>>>>;
};

interface Listed {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/**
 * Drives a running mock server from anywhere that has fetch. It asks the server once which controls there are, so it needs no code of the
 * simulator and fits every version.
 * @example
 * const mock = createControlClient({ url: 'http://127.0.0.1:4010', tenant: 'test-7' });
 * await mock.emit({ eventId: 41, assetId: 101 });
 * await mock.wait({ eventId: 41, within: '5s' });
 */
export function createControlClient(options: ControlClientOptions): ControlClient {
  const base = `${options.url.replace(/\/+$/, '').replace(/\/__mock$/, '')}/__mock`;
  const call = options.fetch ?? fetch;
  const headers: Record<string, string> = {
    ...(options.controlToken !== undefined && { 'x-hubex-mock-token': options.controlToken }),
  };
  const tenantHeader = options.tenant === undefined ? {} : { 'x-hubex-mock-tenant': String(options.tenant) };

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    let response: Response;
    try {
      response = await call(`${base}${path}`, init);
    } catch (cause) {
      const message = `No mock server answers at ${base}; start one with hubex-mock serve.`;
      throw new ControlRequestError(message, { code: 'mock/unreachable', status: 0, cause });
    }
    if (response.ok) return response;
    throw await refusalOf(response);
  };

  let listed: Promise<readonly Listed[]> | undefined;
  // What the server's list of controls looks like, in every version.
  const list = async (): Promise<readonly Listed[]> =>
    (await (await send('/controls', { headers })).json()) as readonly Listed[];
  const find = async (name: string): Promise<Listed> => {
    // A failure is not kept: the server may not have been up yet.
    listed ??= list().catch((error: unknown) => {
      listed = undefined;
      throw error;
    });
    const found = (await listed).find((each) => each.name === name);
    if (found) return found;
    const known = (await listed).map((each) => each.name).join(', ');
    throw new ControlRequestError(`The server has no control ${name}; it has ${known}.`, {
      code: 'mock/unknown-control',
      status: 404,
    });
  };

  const invoke = async (name: string, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const { method, path } = await find(name);
    const all = { ...headers, ...tenantHeader };
    const response = await (method === 'POST'
      ? send(path, { method, headers: { ...all, 'content-type': 'application/json' }, body: JSON.stringify(input) })
      : send(`${path}${queryOf(input)}`, { method, headers: all }));
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/event-stream') && response.body) return readEvents(response.body);
    const isText = !type.startsWith('application/json') || input.format === 'har';
    return isText ? response.text() : response.json();
  };
  return new Proxy({} as ControlClient, {
    // `then` is asked for when a client is awaited by mistake, and is no control.
    get: (_, name) =>
      typeof name === 'string' && name !== 'then'
        ? (input?: Readonly<Record<string, unknown>>) => invoke(name, input)
        : undefined,
  });
}

function queryOf(input: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    query.set(
      name,
      Array.isArray(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value),
    );
  }
  return query.size > 0 ? `?${query}` : '';
}

async function refusalOf(response: Response): Promise<ControlRequestError> {
  const text = await response.text();
  const { status } = response;
  try {
    const { code, field, message } = JSON.parse(text).error;
    return new ControlRequestError(message, { code, field, status });
  } catch {
    return new ControlRequestError(`The server answered ${status}: ${text.slice(0, 200)}`, {
      code: 'mock/refused',
      status,
    });
  }
}
