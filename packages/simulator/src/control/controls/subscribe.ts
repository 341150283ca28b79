import { mergeWebhooks } from '../../domain/webhook-merge.ts';
import { eventIds } from '../../operations/COMMON/event-types.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';

const assetEventIds = [40, 41, 42, 43, 44];

/** The webhook there shall be. */
export const subscribeFields = {
  uri: { kind: 'string', longest: 2_000, required: true, doc: 'absolute http or https address to call' },
  events: {
    kind: 'list',
    of: { kind: 'integer', least: 0, most: 255, doc: 'event id' },
    doc: 'event ids; left out: 40 to 44',
  },
  name: { kind: 'string', longest: 200, default: 'mock subscription', doc: 'name of the webhook' },
} as const;

/** The webhook there is. */
export interface Subscribed {
  readonly webhookId: number;
}

/** Registers an active webhook without a token: what POST /MSG/Webhooks does, in one step. */
export const subscribe: ControlDefinition<typeof subscribeFields, Subscribed> = {
  method: 'POST',
  path: '/subscribe',
  summary: 'Register an active webhook for asset events, without a token.',
  returns: 'id of the webhook',
  input: subscribeFields,
  examples: [{ uri: 'http://127.0.0.1:3000/hook?key=secret' }, { uri: 'http://127.0.0.1:3000/hook', events: [40, 42] }],
  run({ tenant, switches }, { uri, events = assetEventIds, name }) {
    const draft = { id: null, description: undefined, isActive: true, taskStages: [], ...{ uri, events, name } };
    const order = { drafts: [draft], absent: switches.mergeAbsentFields, knownEvents: eventIds };
    const result = mergeWebhooks(tenant, order);
    const [webhookId] = result.ok ? result.value : [];
    if (webhookId !== undefined) return { webhookId };
    const [refusal] = result.ok ? [] : result.refusals;
    const field = refusal && 'field' in refusal ? refusal.field.replace(/^\[0\]\./, '') : 'uri';
    const rule = refusal && 'problem' in refusal ? refusal.problem : 'given';
    throw new ControlError(field, `${field} must be ${rule}.`);
  },
};
