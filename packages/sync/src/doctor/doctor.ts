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

const lookName = 'webhook-look';
const fullCalls = 10;

/** What is remembered of the last look. */
interface LastLook {
  readonly at: number;
  /** How the failures stood: the same failure is not lost events twice. */
  readonly failures: string;
}

/**
 * One look: registers the webhook if it is missing, corrects it, switches it on again if HubEx has switched it off, checks that this
 * worked, and tells since when events may have been lost: since the look before, if calls have failed or the webhook was not as it should.
 *
 * @throws SyncError `sync/webhook` when HubEx keeps it off or the counter does not rise; HubexError when HubEx cannot be reached.
 */
export async function examine({ client, inbox, webhook, now }: DoctorSettings): Promise<Diagnosis> {
  const ids = eventNames.map((_, index) => firstEventId + index);
  const at = now();
  const before = (await client.webhooks.list()).find(({ name }) => name === webhook.name);
  const last = readLook(await inbox.read(lookName));
  const { id, outcome } = await client.webhooks.ensure({ ...webhook, events: ids });
  // Nothing was done: what the list said is how it is.
  const after = outcome === 'unchanged' && before ? before : await look(client, id);
  const left = after.callsRemaining ?? fullCalls;
  if (!after.isActive || (before && !before.isActive && left <= (before.callsRemaining ?? 0)))
    throw new SyncError(
      'sync/webhook',
      `HubEx was asked to switch webhook ${id} on; it says isActive ${after.isActive} and callsRemaining ${after.callsRemaining ?? 'nothing'}. Look at it in HubEx.`,
    );
  const failures = left < fullCalls ? `${left} left, last call ${after.lastCall?.completed ?? 'unknown'}` : '';
  // A webhook somebody has just changed may have missed events too.
  const isWell = outcome === 'unchanged' && (failures === '' || failures === last?.failures);
  const seen: LastLook = { at, failures };
  await inbox.write(lookName, JSON.stringify(seen));
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
    outage: isWell ? undefined : { from: last?.at ?? 0, to: now() },
  };
}

function readLook(text: string | undefined): LastLook | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as LastLook); // written above, by us
}

async function look(client: HubexClient, id: number): Promise<WebhookDetails> {
  const found = await client.webhooks.get(id);
  if (found) return found;
  throw new SyncError('sync/webhook', `Webhook ${id} was there a moment ago and is gone. Did somebody delete it?`);
}
