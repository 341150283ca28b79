import type { WebhookDetails } from '@hubex-kit/contract';
import { HubexError } from '../error.ts';
import type { CallOptions } from '../send/typed.ts';
import type { WebhooksGroup } from './webhooks.ts';

/** The webhook there shall be. */
export interface DesiredWebhook {
  /** By which it is found again; one webhook of the tenant may have it. */
  readonly name: string;
  /** Absolute http or https address; may hold ${key} placeholders (B124). */
  readonly uri: string;
  /** EventIDs, such as 40 to 44. */
  readonly events: readonly number[];
  /** Task-stage ids. Left out: as they are. */
  readonly taskStages?: readonly number[];
}

/** What had to be done. */
export interface EnsuredWebhook {
  readonly id: number;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** What was different: uri, events, taskStages, isActive. */
  readonly changed: readonly string[];
}

/** Brings a webhook to the desired state, with as few calls as that takes. Switches it on if it is off, which restores its ten calls (B115). */
export async function ensureWebhook(
  webhooks: Pick<WebhooksGroup, 'list' | 'get' | 'merge' | 'activate'>,
  desired: DesiredWebhook,
  options: CallOptions = {},
): Promise<EnsuredWebhook> {
  const { name, uri } = desired;
  const events = [...new Set(desired.events)];
  const former = (await webhooks.list(options)).filter((webhook) => webhook.name === name);
  const [found, second] = former;
  if (second) {
    const ids = former.map(({ id }) => id).join(', ');
    throw new HubexError(
      'hubex/refused',
      `webhooks.ensure: ${former.length} webhooks are named ${name} (${ids}). Delete all but one, or use another name.`,
      { field: 'name' },
    );
  }
  const record = { name, uri, events, isActive: true, taskStages: [...(desired.taskStages ?? [])] };
  if (!found) {
    const [id] = await webhooks.merge([record], options);
    if (id === undefined)
      throw new HubexError(
        'hubex/unexpected-reply',
        'webhooks.ensure: HubEx registered the webhook without telling its id.',
      );
    return { id, outcome: 'created', changed: [] };
  }
  const { id } = found;
  const is: WebhookDetails | undefined = await webhooks.get(id, options);
  const stages = idsOf(is?.taskStages);
  const changed = [
    ...(is?.uri === uri ? [] : ['uri']),
    ...(same(idsOf(is?.events), events) ? [] : ['events']),
    ...(desired.taskStages === undefined || same(stages, desired.taskStages) ? [] : ['taskStages']),
  ];
  // An update replaces the whole record (B102): what was not named goes back as it is.
  if (changed.length > 0)
    await webhooks.merge([{ ...record, id, taskStages: [...(desired.taskStages ?? stages)] }], options);
  if (is?.isActive === false) {
    await webhooks.activate(id, options);
    changed.push('isActive');
  }
  return { id, outcome: changed.length > 0 ? 'updated' : 'unchanged', changed };
}

function idsOf(items: readonly { readonly id?: number }[] | null | undefined): readonly number[] {
  return (items ?? []).flatMap(({ id }) => id ?? []);
}

function same(a: readonly number[], b: readonly number[]): boolean {
  const set = new Set(a);
  return set.size === new Set(b).size && b.every((id) => set.has(id));
}
