import type { Operation } from '../operation.ts';
import { deactivate, liveWebhooks } from './live-webhook.ts';

/** B113, B114, B116. */
export const deactivateWebhooks: Operation<'deactivateWebhooks'> = ({ tenant, body }) => {
  deactivate(liveWebhooks(tenant, body));
  return { kind: 'accepted' };
};
