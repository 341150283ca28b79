import type { Operation } from '../operation.ts';
import { liveWebhooks, markDeleted } from './live-webhook.ts';

/** B111, B116. */
export const deleteWebhook: Operation<'deleteWebhook'> = ({ tenant, path }) => {
  markDeleted(liveWebhooks(tenant, [path.id]));
  return { kind: 'accepted' };
};
