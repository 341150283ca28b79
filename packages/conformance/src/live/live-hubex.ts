/** A reply of the real HubEx. */
export interface LiveReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How to send one request. */
export interface LiveOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Without token and application. */
  readonly bare?: boolean;
}

/** Where HubEx is and who asks. */
export interface LiveAccess {
  readonly baseUrl: string;
  readonly serviceToken: string;
}

/** Milliseconds an answer may take. */
const patience = 30_000;

/** Milliseconds between calls: HubEx allows about sixty a minute, and others call it too. */
const pace = 1_100;

/** A HubEx that is only read from: GET and HEAD, and the one POST that gets a token. */
export class LiveHubex {
  readonly #access: LiveAccess;
  readonly #pause: (ms: number) => Promise<void>;
  #token: string | undefined;

  constructor(access: LiveAccess, pause: (ms: number) => Promise<void>) {
    this.#access = access;
    this.#pause = pause;
  }

  /** `send('GET /ES/Assets?fetch=1')` */
  async send(what: `GET ${string}` | `HEAD ${string}`, options: LiveOptions = {}): Promise<LiveReply> {
    const [method = '', path = ''] = what.split(' ');
    const own = options.bare ? {} : { authorization: `Bearer ${await this.token()}`, 'x-application-id': '5' };
    return this.#call(path, { method, headers: { ...own, ...options.headers } });
  }

  /** Asks for an access token with this body. */
  issue(body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Promise<LiveReply> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.#call('/AUTHZ/AccessTokens', { method: 'POST', headers: all, body: JSON.stringify(body) });
  }

  /** The access token; one for all. */
  async token(): Promise<string> {
    if (this.#token) return this.#token;
    const { status, text } = await this.issue({ serviceToken: this.#access.serviceToken }, { 'x-application-id': '5' });
    const token: unknown = status === 200 || status === 201 ? JSON.parse(text).access_token : undefined;
    if (typeof token !== 'string')
      throw new Error(`HubEx gave no token (status ${status}). Check HUBEX_SERVICE_TOKEN and HUBEX_API_URL.`);
    this.#token = token;
    return token;
  }

  get serviceToken(): string {
    return this.#access.serviceToken;
  }

  async #call(path: string, init: RequestInit): Promise<LiveReply> {
    await this.#pause(pace);
    const response = await fetch(`${this.#access.baseUrl}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}
