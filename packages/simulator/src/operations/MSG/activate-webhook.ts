import type { Operation } from '../operation.ts';
import { activate, liveWebhooks } from './live-webhook.ts';

/** B113, B115, B116, B127. */
export const activateWebhook: Operation<'activateWebhook'> = ({ tenant, path, switches }) => {
  activate(liveWebhooks(tenant, [path.id]), switches.activationRestoresCalls);
  return { kind: 'accepted' };
};
