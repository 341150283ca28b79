import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { Tenant } from './tenant.ts';
import { fullCalls, type Webhook } from './webhook.ts';

/** One item of a merge: undefined is a field left out. */
export interface WebhookDraft {
  readonly id: number | null;
  readonly name: string | undefined;
  readonly description: string | null | undefined;
  readonly uri: string | undefined;
  readonly isActive: boolean | undefined;
  readonly events: readonly number[] | undefined;
  readonly taskStages: readonly number[] | undefined;
}

/** What an update does with fields left out (B102). */
export type AbsentFields = 'replaced' | 'kept';

/** Creates and updates webhooks, all or nothing; ids come back in the order of the drafts (B100-B107). */
export function mergeWebhooks(
  tenant: Tenant,
  order: { drafts: readonly WebhookDraft[]; absent: AbsentFields; knownEvents: ReadonlySet<number> },
): Result<readonly number[]> {
  const refusals: Refusal[] = [];
  const merged = order.drafts.map((draft, index) => {
    const existing = draft.id === null ? undefined : tenant.webhooks.get(draft.id);
    if (draft.id !== null && (!existing || existing.deleted)) {
      refusals.push({ kind: 'unknown-entity', entity: 'Webhook', id: draft.id });
    }
    const values = fill(draft, order.absent === 'kept' ? existing : undefined);
    refusals.push(...check(values, { index, tenant, knownEvents: order.knownEvents }));
    return { existing, values };
  });
  if (refusals.length > 0) return refused(...refusals);
  return done(
    merged.map(({ existing, values }) => {
      if (existing) {
        Object.assign(existing, values);
        return existing.id;
      }
      const id = tenant.webhooks.size + 1;
      tenant.webhooks.set(id, { id, ...values, callsRemaining: fullCalls, lastCall: null, deleted: false });
      return id;
    }),
  );
}

type Values = Pick<Webhook, 'name' | 'description' | 'uri' | 'isActive' | 'events' | 'taskStages'>;

function fill(draft: WebhookDraft, kept: Webhook | undefined): Values {
  return {
    name: draft.name ?? kept?.name ?? '',
    description: draft.description ?? kept?.description ?? null,
    uri: draft.uri ?? kept?.uri ?? '',
    isActive: draft.isActive ?? kept?.isActive ?? false,
    events: [...new Set(draft.events ?? kept?.events ?? [])],
    taskStages: [...new Set(draft.taskStages ?? kept?.taskStages ?? [])],
  };
}

function check(
  values: Values,
  subject: { index: number; tenant: Tenant; knownEvents: ReadonlySet<number> },
): readonly Refusal[] {
  const field = (name: string): string => `[${subject.index}].${name}`;
  const refusals: Refusal[] = [];
  if (values.name.trim() === '') refusals.push({ kind: 'missing', field: field('name') });
  if (!isCallable(values.uri)) {
    refusals.push({ kind: 'invalid', field: field('uri'), problem: 'an absolute http or https address' });
  }
  const event = values.events.find((id) => !subject.knownEvents.has(id));
  if (event !== undefined)
    refusals.push({ kind: 'invalid', field: field('events'), problem: `event ids of /COMMON/Events, not ${event}` });
  const stage = values.taskStages.find((id) => !subject.tenant.reference.taskStages.has(id));
  if (stage !== undefined)
    refusals.push({ kind: 'invalid', field: field('taskStages'), problem: `known task-stage ids, not ${stage}` });
  return refusals;
}

// A placeholder may stand anywhere, even for the host, so the address is judged with the placeholders filled in.
function isCallable(uri: string): boolean {
  const filled = uri.replaceAll(/\$\{[^}]*\}/g, 'x');
  return URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol);
}
