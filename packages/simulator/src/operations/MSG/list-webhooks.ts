import type { Operation } from '../operation.ts';
import { list } from '../outcome.ts';
import { webhookListItem } from './webhook-view.ts';

/** B109, B111. */
export const listWebhooks: Operation<'listWebhooks'> = ({ tenant }) =>
  list(
    [...tenant.webhooks.values()].filter(({ deleted }) => !deleted),
    { key: ({ id }) => id, render: webhookListItem },
  );
