import type { TokenSource } from './auth/token-source.ts';
import { HubexError } from './error.ts';

/** Exactly one way to prove who calls. */
export type Credentials =
  | { /** Long-lived key of an API user; tokens are fetched and renewed from it. */ readonly serviceToken: string }
  | { /** A ready access token; it is used as it is until HubEx refuses it. */ readonly accessToken: string }
  | { /** Your own source of access tokens. */ readonly tokenSource: TokenSource };

/** How to reach HubEx; everything has a default. */
export interface ClientSettings {
  /** Address below which the services are. Default https://api.hubex.ru/fsm. */
  readonly baseUrl?: string;
  /** X-Application-ID, 1 to 6. Default 5 (Api). Always sent (B007). */
  readonly applicationId?: number;
  /** Default: the global fetch of the moment of the call, so that mocks installed later are seen. */
  readonly fetch?: typeof globalThis.fetch;
  /** Language of messages and reference names, such as `ru-RU` or `en`. Default: not sent. */
  readonly acceptLanguage?: string;
  /** Milliseconds one HTTP attempt may take, 1 to 600000. Default 30000. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970, for the expiry of tokens. Default Date.now. */
  readonly now?: () => number;
}

/** Credentials and settings of a client. */
export type ClientOptions = Credentials & ClientSettings;

/** Settings with defaults filled in. */
export interface Settings extends Required<Omit<ClientSettings, 'fetch' | 'acceptLanguage'>> {
  readonly fetch: () => typeof globalThis.fetch;
  readonly acceptLanguage: string | undefined;
  readonly credentials: Credentials;
}

const credentialNames = ['serviceToken', 'accessToken', 'tokenSource'];
const names = [...credentialNames, 'baseUrl', 'applicationId', 'fetch', 'acceptLanguage', 'timeoutMs', 'now'];

/** Fills in defaults; refuses unknown options, none or several credentials, and values that cannot be used. */
export function readOptions(options: ClientOptions): Settings {
  const given = Object.keys(options);
  const unknown = given.find((name) => !names.includes(name));
  if (unknown) throw bad(unknown, `createHubexClient has no option ${unknown}; it takes ${names.join(', ')}.`);
  const credentials = credentialNames.filter((name) => options[name as keyof ClientOptions] !== undefined); // names of credentials are keys of the union
  if (credentials.length !== 1) {
    const found = credentials.length === 0 ? 'none' : credentials.join(' and ');
    throw bad(
      'serviceToken',
      `createHubexClient needs exactly one of ${credentialNames.join(', ')}; it was given ${found}.`,
    );
  }
  for (const name of ['serviceToken', 'accessToken'] as const) {
    if (name in options && !/^\S+$/.test(String(options[name as keyof ClientOptions]))) {
      // one member of the union has it
      throw bad(name, `${name} must be a string without spaces; check where it is read from.`);
    }
  }
  const { baseUrl = 'https://api.hubex.ru/fsm', applicationId = 5, timeoutMs = 30_000 } = options;
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw bad(
      'baseUrl',
      `baseUrl must be an absolute http or https address such as https://api.hubex.ru/fsm; it was ${baseUrl}.`,
    );
  }
  if (!Number.isInteger(applicationId) || applicationId < 1 || applicationId > 6) {
    throw bad('applicationId', `applicationId must be a whole number from 1 to 6; it was ${applicationId}.`);
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    throw bad('timeoutMs', `timeoutMs must be a whole number from 1 to 600000; it was ${timeoutMs}.`);
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    applicationId,
    timeoutMs,
    fetch: () => options.fetch ?? globalThis.fetch,
    acceptLanguage: options.acceptLanguage,
    now: options.now ?? Date.now,
    credentials: options,
  };
}

function bad(field: string, message: string): HubexError {
  return new HubexError('hubex/bad-option', message, { field });
}
