import type { WebhookDetails, WebhookListItem, WebhookMerge } from '@hubex-kit/contract';
import type { Clock } from '../clock.ts';
import type { Call } from '../send/call.ts';
import { collect } from '../send/pages.ts';
import type { CallOptions } from '../send/typed.ts';
import { type DesiredWebhook, type EnsuredWebhook, ensureWebhook } from './ensure-webhook.ts';
import { type WatchOptions, type WebhookHealth, watchWebhook } from './watch-webhook.ts';

/** Registration of webhooks. */
export interface WebhooksGroup {
  /** All webhooks of the tenant; uri and events are only in `get`. */
  list(options?: CallOptions): Promise<WebhookListItem[]>;
  /** undefined when there is no such webhook (B085). */
  get(id: number, options?: CallOptions): Promise<WebhookDetails | undefined>;
  /** Creates items without id and replaces those with id, all or nothing; ids in the order of the input (B100-B106). Send every field: what is left out is emptied (B102). */
  merge(webhooks: readonly WebhookMerge[], options?: CallOptions): Promise<number[]>;
  /** Brings the webhook of this name to the desired state: creates, updates or leaves alone, and says which. */
  ensure(desired: DesiredWebhook, options?: CallOptions): Promise<EnsuredWebhook>;
  /** Looks at a webhook again and again until the loop is left. */
  watch(id: number, options?: WatchOptions): AsyncIterable<WebhookHealth>;
  /** Deletes one or several; unknown ids are no error (B116). */
  delete(ids: number | readonly number[], options?: CallOptions): Promise<void>;
  /** Switches on, and restores the ten calls (B115). */
  activate(ids: number | readonly number[], options?: CallOptions): Promise<void>;
  /** Switches off; events are lost meanwhile (B114). */
  deactivate(ids: number | readonly number[], options?: CallOptions): Promise<void>;
}

/** @internal */
export function webhooksGroup(call: Call, clock: Clock): WebhooksGroup {
  const group: WebhooksGroup = {
    ensure: (desired, options) => ensureWebhook(group, desired, options),
    watch: (id, options) => watchWebhook(group, { id, clock, ...options }),
    list: (options = {}) => collect<WebhookListItem>(call, { id: 'listWebhooks', input: options }),
    get: async (id, options) => (await call('getWebhook', { ...options, path: { id } })).data,
    merge: async (webhooks, options) => (await call('mergeWebhooks', { ...options, body: [...webhooks] })).data ?? [],
    async delete(ids, options) {
      if (typeof ids === 'number') await call('deleteWebhook', { ...options, path: { id: ids } });
      else await call('deleteWebhooks', { ...options, body: [...ids] });
    },
    async activate(ids, options) {
      if (typeof ids === 'number') await call('activateWebhook', { ...options, path: { id: ids } });
      else await call('activateWebhooks', { ...options, body: [...ids] });
    },
    async deactivate(ids, options) {
      if (typeof ids === 'number') await call('deactivateWebhook', { ...options, path: { id: ids } });
      else await call('deactivateWebhooks', { ...options, body: [...ids] });
    },
  };
  return group;
}
