import type { Operation } from '../operation.ts';
import { deactivate, liveWebhooks } from './live-webhook.ts';

/** B113, B114, B116. */
export const deactivateWebhook: Operation<'deactivateWebhook'> = ({ tenant, path }) => {
  deactivate(liveWebhooks(tenant, [path.id]));
  return { kind: 'accepted' };
};
