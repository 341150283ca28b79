import type { Tenant } from '../../domain/tenant.ts';
import { fullCalls, type Webhook } from '../../domain/webhook.ts';

/** The webhooks with these ids that are not deleted; unknown ids are passed over (B116). */
export function liveWebhooks(tenant: Tenant, ids: readonly number[]): readonly Webhook[] {
  return ids.flatMap((id) => tenant.webhooks.get(id) ?? []).filter(({ deleted }) => !deleted);
}

/** Switches webhooks on; nothing is called (B127), the calls may be restored (B115). */
export function activate(webhooks: readonly Webhook[], restoresCalls: boolean): void {
  for (const webhook of webhooks) {
    webhook.isActive = true;
    if (restoresCalls) webhook.callsRemaining = fullCalls;
  }
}

/** Switches webhooks off: events are lost for them from now on (B114). */
export function deactivate(webhooks: readonly Webhook[]): void {
  for (const webhook of webhooks) webhook.isActive = false;
}

/** Marks webhooks as deleted (B111, B112). */
export function markDeleted(webhooks: readonly Webhook[]): void {
  for (const webhook of webhooks) webhook.deleted = true;
}
