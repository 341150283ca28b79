import { limited } from './around/limited.ts';
import { type Hooks, observed, quietly } from './around/observed.ts';
import { createRateLimiter, type RateLimiter, type RateLimits } from './around/rate-limiter.ts';
import { type RetryOptions, repeating } from './around/repeating.ts';
import type { PlainCredentials } from './auth/credentials.ts';
import { checkOptions } from './check-options.ts';
import { readFileOrJson } from './groups/workbook.ts';
import { uncut } from './paging/silent-cut.ts';
import { type CallerSettings, readSettings, type Settings } from './settings.ts';

/** A refresh token that somebody has got while logged in; it is exchanged when an access token is needed. */
export interface RefreshCredentials {
  readonly refreshToken: string;
  /** Each exchange kills the token and brings the next (B038): store it, or the program cannot log in after a restart. */
  readonly saveRefreshToken?: (refreshToken: string) => void | Promise<void>;
}

/** Exactly one way to prove who calls. */
export type Credentials = PlainCredentials | RefreshCredentials;

/** How to reach HubEx; everything has a default. */
export interface ClientSettings extends CallerSettings {
  /** How calls are repeated that failed in a way that may pass. */
  readonly retry?: RetryOptions;
  /** Calls a minute; false: no limit; or a limiter that several clients share. Default 60 a minute, 60 at once (B016). */
  readonly rateLimit?: RateLimits | RateLimiter | false;
  /** Told about what goes out and comes in; never with a token, an address or a body. */
  readonly hooks?: Hooks;
  /** From 0 to below 1, for the spread of repetitions. Default Math.random. */
  readonly random?: () => number;
}

/** Credentials and settings of a client. */
export type ClientOptions = Credentials & ClientSettings;

/** Settings of the whole client: repetitions around the limiter around the hooks around each request. */
export function readOptions(options: ClientOptions): { readonly settings: Settings; readonly limiter?: RateLimiter } {
  const { retry, rateLimit = { perMinute: 60 }, hooks = {}, random = Math.random } = options;
  const plain = readSettings(options);
  checkOptions(options, plain);
  const { clock } = plain;
  const limiter = rateLimit && ('take' in rateLimit ? rateLimit : createRateLimiter({ clock, ...rateLimit }));
  const parts = {
    clock,
    random,
    onRetry: (told: Parameters<NonNullable<Hooks['onRetry']>>[0]) => quietly(hooks.onRetry, told),
  };
  const settings: Settings = {
    ...plain,
    read: readFileOrJson,
    around(send) {
      const seen = uncut(observed(send, { hooks, clock }));
      return repeating(limiter ? limited(seen, limiter) : seen, retry, parts);
    },
  };
  return { settings, ...(limiter && { limiter }) };
}
