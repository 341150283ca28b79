import type { HubexClient } from '@hubex-kit/client';
import type { WebhookDetails } from '@hubex-kit/contract';
import { eventNames, firstEventId } from '@hubex-kit/contract/deliveries';
import type { SyncInbox } from '../inbox/sync-inbox.ts';
import { SyncError } from '../sync-error.ts';

/** The webhook there shall be. */
export interface DesiredWebhook {
  /** By which it is found again, 1 to 256 characters. */
  readonly name: string;
  /** Public address of the receiver with its secret, best through a variable: `https://…/hook?key=${hubexKey}`. */
  readonly uri: string;
}

/** What a look at the webhook showed and what was done about it. */
export interface Diagnosis {
  readonly webhookId: number;
  /** What had to be done: nothing, register, bring to the desired state, or switch on again. */
  readonly treatment: 'none' | 'created' | 'updated' | 'reactivated';
  /** Failures left before HubEx switches it off, after the treatment. */
  readonly callsRemaining: number | undefined;
  /** What HubEx said about its last call, if that failed. */
  readonly lastFailure: string | undefined;
  /** Time in which events may have been lost, milliseconds since 1970; undefined when none. */
  readonly outage: { readonly from: number; readonly to: number } | undefined;
}

/** What a look needs. */
export interface DoctorSettings {
  readonly client: HubexClient;
  readonly inbox: SyncInbox;
  readonly webhook: DesiredWebhook;
  readonly now: () => number;
}

const healthyName = 'webhook-healthy';
const fullCalls = 10;

/**
 * One look: registers the webhook if it is missing, corrects it, switches it on again if HubEx has switched it off, checks that this
 * worked, and tells since when events may have been lost: since the last look that found everything well.
 *
 * @throws SyncError `sync/webhook` when HubEx keeps it off or the counter does not rise; HubexError when HubEx cannot be reached.
 */
export async function examine({ client, inbox, webhook, now }: DoctorSettings): Promise<Diagnosis> {
  const ids = eventNames.map((_, index) => firstEventId + index);
  const before = await find(client, webhook.name);
  const healthyAt = Number((await inbox.read(healthyName)) ?? Number.NaN);
  const { id, outcome } = await client.webhooks.ensure({ ...webhook, events: ids });
  const after = await look(client, id);
  // A webhook somebody has just changed may have missed events too; one that never existed has not.
  const wasWell =
    before?.isActive === true && outcome === 'unchanged' && (before.callsRemaining ?? fullCalls) >= fullCalls;
  if (
    !after.isActive ||
    (before && !before.isActive && (after.callsRemaining ?? fullCalls) <= (before.callsRemaining ?? 0))
  )
    throw new SyncError(
      'sync/webhook',
      `HubEx was asked to switch webhook ${id} on; it says isActive ${after.isActive} and callsRemaining ${after.callsRemaining ?? 'nothing'}. Look at it in HubEx.`,
    );
  const to = now();
  await inbox.write(healthyName, String(to));
  const treatment = !before
    ? 'created'
    : !before.isActive
      ? 'reactivated'
      : outcome === 'unchanged'
        ? 'none'
        : 'updated';
  return {
    webhookId: id,
    treatment,
    callsRemaining: after.callsRemaining ?? undefined,
    lastFailure: before?.lastCall?.exception ?? undefined,
    outage: wasWell ? undefined : { from: Number.isNaN(healthyAt) ? 0 : healthyAt, to },
  };
}

async function find(client: HubexClient, name: string): Promise<WebhookDetails | undefined> {
  const listed = (await client.webhooks.list()).find((webhook) => webhook.name === name);
  return listed?.id === undefined ? undefined : await client.webhooks.get(listed.id);
}

async function look(client: HubexClient, id: number): Promise<WebhookDetails> {
  const found = await client.webhooks.get(id);
  if (found) return found;
  throw new SyncError('sync/webhook', `Webhook ${id} was there a moment ago and is gone. Did somebody delete it?`);
}
