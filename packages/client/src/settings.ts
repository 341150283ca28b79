import { type Clock, systemClock } from './clock.ts';
import type { Send } from './send/outgoing.ts';

/** How to reach HubEx; everything has a default. */
export interface CallerSettings {
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
  /** Default: the computer's own time. */
  readonly clock?: Clock;
}

/** Settings with defaults filled in. */
export interface Settings extends Required<Omit<CallerSettings, 'fetch' | 'acceptLanguage'>> {
  readonly fetch: () => typeof globalThis.fetch;
  readonly acceptLanguage: string | undefined;
  /** Reads the body of an answer: undefined for none, a text for what cannot be understood. */
  readonly read: (response: Response) => Promise<unknown>;
  /** What is put around each request: repetitions, limits, hooks. */
  readonly around: (send: Send) => Send;
}

/** Fills in defaults. */
export function readSettings(given: CallerSettings & { readonly around?: (send: Send) => Send }): Settings {
  const { baseUrl = 'https://api.hubex.ru/fsm', applicationId = 5, timeoutMs = 30_000, deadlineMs = 120_000 } = given;
  const { clock = systemClock, around = (send) => send, acceptLanguage } = given;
  return {
    ...{ applicationId, timeoutMs, deadlineMs, acceptLanguage, clock, around },
    baseUrl: baseUrl.replace(/\/+$/, ''),
    fetch: () => given.fetch ?? globalThis.fetch,
    read: readJson,
  };
}

/** JSON, whatever the answer calls it; a text that is none as it is. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return text;
  }
}
