import type { Operation } from '../operation.ts';
import { activate, liveWebhooks } from './live-webhook.ts';

/** B113, B115, B116, B127. */
export const activateWebhooks: Operation<'activateWebhooks'> = ({ tenant, body, switches }) => {
  activate(liveWebhooks(tenant, body), switches.activationRestoresCalls);
  return { kind: 'accepted' };
};
