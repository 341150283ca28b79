import type { WebhookDetails, WebhookListItem, WebhookMerge } from '@hubex-kit/contract';
import {
  activateWebhook,
  activateWebhooks,
  deactivateWebhook,
  deactivateWebhooks,
  deleteWebhook,
  deleteWebhooks,
  getWebhook,
  listWebhooks,
  mergeWebhooks,
} from '@hubex-kit/contract/routes';
import type { Clock } from '../clock.ts';
import { collect } from '../paging/walk.ts';
import { type Answer, answer, done } from '../send/answer.ts';
import type { Call } from '../send/call.ts';
import type { CallOptions } from '../send/typed.ts';
import { type DesiredWebhook, type EnsuredWebhook, ensureWebhook } from './ensure-webhook.ts';
import { type WatchOptions, type WebhookHealth, watchWebhook } from './watch-webhook.ts';

/** Registration of webhooks. */
export interface WebhooksGroup {
  /** All webhooks of the tenant; uri and events are only in `get`. */
  list(options?: CallOptions): Promise<WebhookListItem[]>;
  /** undefined when there is no such webhook (B085). */
  get(id: number, options?: CallOptions): Answer<WebhookDetails | undefined>;
  /** Creates items without id and replaces those with id, all or nothing; ids in the order of the input (B100-B106). Send every field: what is left out is emptied (B102). */
  merge(webhooks: readonly WebhookMerge[], options?: CallOptions): Answer<number[]>;
  /** Brings the webhook of this name to the desired state: creates, updates or leaves alone, and says which. */
  ensure(desired: DesiredWebhook, options?: CallOptions): Promise<EnsuredWebhook>;
  /** Looks at a webhook again and again until the loop is left. */
  watch(id: number, options?: WatchOptions): AsyncIterable<WebhookHealth>;
  /** Deletes one or several; unknown ids are no error (B116). */
  delete(ids: number | readonly number[], options?: CallOptions): Answer<void>;
  /** Switches on, and restores the ten calls (B115). */
  activate(ids: number | readonly number[], options?: CallOptions): Answer<void>;
  /** Switches off; events are lost meanwhile (B114). */
  deactivate(ids: number | readonly number[], options?: CallOptions): Answer<void>;
}

/** @internal */
export function webhooksGroup(call: Call, clock: Clock): WebhooksGroup {
  const group: WebhooksGroup = {
    ensure: (desired, options) => ensureWebhook(group, desired, options),
    watch: (id, options) => watchWebhook(group, { id, clock, ...options }),
    list: (options = {}) => collect<WebhookListItem>(call, { route: listWebhooks, input: options }),
    get: (id, options) => answer(call(getWebhook, { ...options, path: { id } }), ({ data }) => data),
    merge: (webhooks, options) => answer(call(mergeWebhooks, { ...options, body: webhooks }), ({ data }) => data ?? []),
    delete: (ids, options) =>
      typeof ids === 'number'
        ? done(call(deleteWebhook, { ...options, path: { id: ids } }))
        : done(call(deleteWebhooks, { ...options, body: ids })),
    activate: (ids, options) =>
      typeof ids === 'number'
        ? done(call(activateWebhook, { ...options, path: { id: ids } }))
        : done(call(activateWebhooks, { ...options, body: ids })),
    deactivate: (ids, options) =>
      typeof ids === 'number'
        ? done(call(deactivateWebhook, { ...options, path: { id: ids } }))
        : done(call(deactivateWebhooks, { ...options, body: ids })),
  };
  return group;
}
