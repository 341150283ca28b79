import type { WebhookMerge } from '@hubex-kit/contract';
import { mergeWebhooks as merge, type WebhookDraft } from '../../domain/webhook-merge.ts';
import { eventIds } from '../COMMON/event-types.ts';
import type { Operation } from '../operation.ts';

const replaced = ['description', 'taskStages', 'events', 'isActive'] as const;

/** B100-B108, B122, B128. */
export const mergeWebhooks: Operation<'mergeWebhooks'> = ({ tenant, body, switches, warn, expectCalls }) => {
  for (const item of body) {
    const absent = replaced.filter((field) => item[field] === undefined);
    if (item.id != null && absent.length > 0 && switches.mergeAbsentFields === 'replaced') {
      warn('B102', `the update of webhook ${item.id} left out ${absent.join(', ')}: emptied`);
    }
  }
  const result = merge(tenant, { drafts: body.map(draft), absent: switches.mergeAbsentFields, knownEvents: eventIds });
  if (!result.ok) return { kind: 'refused', refusals: result.refusals };
  expectCalls();
  return { kind: 'created', value: result.value };
};

function draft(item: WebhookMerge): WebhookDraft {
  return {
    id: item.id ?? null,
    name: item.name ?? undefined,
    description: item.description ?? undefined,
    uri: item.uri ?? undefined,
    isActive: item.isActive,
    events: item.events ?? undefined,
    taskStages: item.taskStages ?? undefined,
  };
}
