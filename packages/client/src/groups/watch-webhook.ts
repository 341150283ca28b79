import { type Clock, pause } from '../clock.ts';
import type { CallOptions } from '../send/typed.ts';
import type { WebhooksGroup } from './webhooks.ts';

/** How a webhook was when somebody looked. */
export interface WebhookHealth {
  readonly id: number;
  /** false: it has been deleted. */
  readonly exists: boolean;
  readonly isActive: boolean;
  /** Failures left before HubEx switches it off; undefined when HubEx does not say. */
  readonly callsRemaining: number | undefined;
  /** What HubEx says about its last call if that failed. */
  readonly lastFailure: string | undefined;
}

/** How often to look. */
export interface WatchOptions extends CallOptions {
  /** Milliseconds between looks, 1000 to 86400000. Default 60000; each look is one spare call. */
  readonly everyMs?: number;
}

/** Looks at a webhook again and again, until the signal is aborted or the loop is left. */
export async function* watchWebhook(
  webhooks: Pick<WebhooksGroup, 'get'>,
  { id, clock, everyMs = 60_000, ...options }: { readonly id: number; readonly clock: Clock } & WatchOptions,
): AsyncGenerator<WebhookHealth, void, undefined> {
  const { signal } = options;
  while (!signal?.aborted) {
    const found = await webhooks.get(id, { priority: 'spare', ...options });
    yield {
      id,
      exists: found !== undefined,
      isActive: found?.isActive ?? false,
      callsRemaining: found?.callsRemaining ?? undefined,
      lastFailure: found?.lastCall?.exception ?? undefined,
    };
    await pause(everyMs, { clock, signal });
  }
}
