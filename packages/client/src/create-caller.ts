import { type PlainCredentials, tokensOf } from './auth/credentials.ts';
import { type Call, createCall } from './send/call.ts';
import type { Send } from './send/outgoing.ts';
import { type CallerSettings, readSettings } from './settings.ts';

/** Credentials and settings of a caller. */
export type CallerOptions = PlainCredentials &
  CallerSettings & {
    /** What is put around each request: `(send) => repeating(limited(send, { limiter }))`. Default: nothing. */
    readonly around?: (send: Send) => Send;
  };

/**
 * The client without anything that is not needed to make one call: tokens, time limits, typed replies and errors. For programs that
 * count bytes; add `repeating`, `limited` and `walk` as you need them, or take `createHubexClient`, which has it all.
 *
 * @throws HubexError `hubex/bad-option` for options that cannot be used.
 * @example
 * const call = createCaller({ serviceToken: process.env.HUBEX_SERVICE_TOKEN });
 * const { data: asset } = await call(getAsset, { path: { assetID: 101 } });
 */
export function createCaller(options: CallerOptions): Call {
  const settings = readSettings(options);
  return createCall(settings, (exchange) => tokensOf(options, { settings, exchange }));
}
