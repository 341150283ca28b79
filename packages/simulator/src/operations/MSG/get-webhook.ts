import type { Operation } from '../operation.ts';
import { liveWebhooks } from './live-webhook.ts';
import { webhookDetails } from './webhook-view.ts';

/** B085, B110. */
export const getWebhook: Operation<'getWebhook'> = ({ tenant, path, language }) => {
  const [webhook] = liveWebhooks(tenant, [path.id]);
  return webhook ? { kind: 'found', value: webhookDetails(webhook, { tenant, language }) } : { kind: 'nothing' };
};
