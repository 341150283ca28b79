import { nearest } from '@hubex-kit/contract/nearest';
import type { TokenSource } from './auth/token-source.ts';
import { type Clock, systemClock } from './clock.ts';
import { HubexError, type HubexErrorCode } from './error.ts';
import { createRateLimiter, type RateLimiter, type RateLimits } from './limit/rate-limiter.ts';
import type { RetryOptions } from './retry/retry.ts';

/** A refresh token that somebody has got while logged in; it is exchanged when an access token is needed. */
export interface RefreshCredentials {
  readonly refreshToken: string;
  /** Each exchange kills the token and brings the next (B038): store it, or the program cannot log in after a restart. */
  readonly saveRefreshToken?: (refreshToken: string) => void | Promise<void>;
}

/** Exactly one way to prove who calls. */
export type Credentials =
  | { /** Long-lived key of an API user; tokens are fetched and renewed from it. */ readonly serviceToken: string }
  | RefreshCredentials
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
  /** Milliseconds a whole call may take, waiting for the limiter and repetitions included, 1 to 3600000. Default 120000. */
  readonly deadlineMs?: number;
  /** How calls are repeated that failed in a way that may pass. */
  readonly retry?: RetryOptions;
  /** Calls a minute; false: no limit; or a limiter that several clients share. Default 60 a minute, 60 at once (B016). */
  readonly rateLimit?: RateLimits | RateLimiter | false;
  /** Told about what goes out and comes in; never with a token, an address or a body. */
  readonly hooks?: Hooks;
  /** Default: the computer's own time. */
  readonly clock?: Clock;
  /** From 0 to below 1, for the spread of repetitions. Default Math.random. */
  readonly random?: () => number;
}

/** What a client tells while it works. A hook that throws breaks nothing. */
export interface Hooks {
  readonly onRequest?: (request: { readonly operationId: string; readonly method: string }) => void;
  readonly onResponse?: (response: {
    readonly operationId: string;
    readonly method: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
  /** Before the pause that precedes repetition number `attempt`. */
  readonly onRetry?: (retry: {
    readonly operationId: string;
    readonly attempt: number;
    readonly waitMs: number;
    readonly code: HubexErrorCode;
  }) => void;
}

/** Credentials and settings of a client. */
export type ClientOptions = Credentials & ClientSettings;

/** Settings with defaults filled in. */
export interface Settings
  extends Required<
    Pick<ClientSettings, 'baseUrl' | 'applicationId' | 'timeoutMs' | 'deadlineMs' | 'hooks' | 'clock' | 'random'>
  > {
  readonly fetch: () => typeof globalThis.fetch;
  readonly acceptLanguage: string | undefined;
  readonly retry: Required<RetryOptions>;
  readonly limiter: RateLimiter | undefined;
  readonly credentials: Credentials;
}

const credentialNames = ['serviceToken', 'refreshToken', 'accessToken', 'tokenSource'];
const settingNames = [
  'baseUrl',
  'applicationId',
  'fetch',
  'acceptLanguage',
  'timeoutMs',
  'deadlineMs',
  'retry',
  'rateLimit',
  'hooks',
  'clock',
  'random',
];
const names = [...credentialNames, 'saveRefreshToken', ...settingNames];

/** Fills in defaults; refuses unknown options, none or several credentials, and values that cannot be used. */
export function readOptions(options: ClientOptions): Settings {
  const given = Object.keys(options);
  const unknown = given.find((name) => !names.includes(name));
  if (unknown)
    throw bad(
      unknown,
      `createHubexClient has no option ${unknown}; did you mean ${nearest(unknown, names)}? It takes ${names.join(', ')}.`,
    );
  const credentials = credentialNames.filter((name) => options[name as keyof ClientOptions] !== undefined); // names of credentials are keys of the union
  if (credentials.length !== 1) {
    const found = credentials.length === 0 ? 'none' : credentials.join(' and ');
    throw bad(
      'serviceToken',
      `createHubexClient needs exactly one of ${credentialNames.join(', ')}; it was given ${found}.`,
    );
  }
  for (const name of ['serviceToken', 'refreshToken', 'accessToken'] as const) {
    if (name in options && !/^[!-~]+$/.test(String(options[name as keyof ClientOptions]))) {
      // one member of the union has it
      throw bad(name, `${name} must be visible ASCII without spaces; check where it is read from.`);
    }
  }
  const { baseUrl = 'https://api.hubex.ru/fsm', applicationId = 5, timeoutMs = 30_000 } = options;
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw bad(
      'baseUrl',
      `baseUrl must be an absolute http or https address such as https://api.hubex.ru/fsm; it was ${baseUrl}.`,
    );
  }
  const { deadlineMs = 120_000, retry = {}, rateLimit = { perMinute: 60 }, clock = systemClock, hooks = {} } = options;
  const { attempts = 3, baseMs = 500, capMs = 30_000 } = retry;
  const bounds = {
    applicationId: [1, 6],
    timeoutMs: [1, 600_000],
    deadlineMs: [1, 3_600_000],
    attempts: [0, 10],
    baseMs: [0, 600_000],
    capMs: [0, 600_000],
  };
  const numbers = { applicationId, timeoutMs, deadlineMs, attempts, baseMs, capMs };
  for (const [field, [least = 0, most = 0]] of Object.entries(bounds)) {
    const value = numbers[field as keyof typeof numbers]; // both have the same names
    if (!Number.isInteger(value) || value < least || value > most)
      throw bad(field, `${field} must be a whole number from ${least} to ${most}; it was ${value}.`);
  }
  return {
    ...{ applicationId, timeoutMs, deadlineMs, clock, hooks: quiet(hooks) },
    baseUrl: baseUrl.replace(/\/+$/, ''),
    fetch: () => options.fetch ?? globalThis.fetch,
    acceptLanguage: options.acceptLanguage,
    retry: { attempts, baseMs, capMs },
    limiter:
      rateLimit === false ? undefined : 'take' in rateLimit ? rateLimit : createRateLimiter({ clock, ...rateLimit }),
    random: options.random ?? Math.random,
    credentials: options,
  };
}

/** A hook must not break a call. */
function quiet(hooks: Hooks): Hooks {
  const safe =
    <T>(hook: ((value: T) => void) | undefined) =>
    (value: T): void => {
      try {
        hook?.(value);
      } catch {
        // The call goes on; there is nobody to tell.
      }
    };
  return { onRequest: safe(hooks.onRequest), onResponse: safe(hooks.onResponse), onRetry: safe(hooks.onRetry) };
}

function bad(field: string, message: string): HubexError {
  return new HubexError('hubex/bad-option', message, { field });
}
