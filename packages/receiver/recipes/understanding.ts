// #region Only understanding
import { match } from '@hubex-kit/sdk/receiver';
import { parseDelivery } from '@hubex-kit/sdk/receiver/parse';

export function describe(body: string): string {
  const event = parseDelivery(body);
  if (event.name === 'junk') return `no delivery: ${event.reason}`;
  return match(event, {
    'asset.created': ({ assetId }) => `${assetId} is new`,
    'asset.deleted': ({ assetId }) => `${assetId} is gone`,
    unknown: ({ id, payload }) => `event ${id} of task ${payload.TaskID}`, // no cast needed
    _: ({ name, assetId }) => `${assetId}: ${name}`, // without it, a case that is missing does not compile
  });
}
// #endregion
