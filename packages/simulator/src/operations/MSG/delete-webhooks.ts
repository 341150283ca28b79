import type { Operation } from '../operation.ts';
import { liveWebhooks, markDeleted } from './live-webhook.ts';

/** B112, B116. */
export const deleteWebhooks: Operation<'deleteWebhooks'> = ({ tenant, body }) => {
  markDeleted(liveWebhooks(tenant, body));
  return { kind: 'accepted' };
};
