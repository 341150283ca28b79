import type { FaultyDelivery, FaultyRequest } from './fault-plan.ts';
import type { ApiPlace, DeliveryPlace } from './fault-rule.ts';

/** Whether a call of the API is one the rule is about. */
export function matchesRequest(where: ApiPlace, request: FaultyRequest): boolean {
  return (
    (where.operationId === undefined || where.operationId === request.operationId) &&
    (where.method === undefined || where.method === request.method) &&
    (where.path === undefined || matchesPath(where.path, request.path))
  );
}

/** Whether a delivery is one the rule is about. */
export function matchesDelivery(where: DeliveryPlace, delivery: FaultyDelivery): boolean {
  return (
    (where.eventId === undefined || where.eventId === delivery.eventId) &&
    (where.assetId === undefined || where.assetId === delivery.assetId) &&
    (where.webhookId === undefined || where.webhookId === delivery.webhookId)
  );
}

const segments = (path: string): readonly string[] =>
  path
    .toLowerCase()
    .replace(/^\/+|\/+$/g, '')
    .split('/');

/** Case and a slash at the end do not matter, as for HubEx (B002, B003). */
function matchesPath(pattern: string, path: string): boolean {
  const wanted = segments(pattern);
  const given = segments(path);
  const isOpen = wanted.at(-1) === '**';
  if (isOpen ? given.length < wanted.length - 1 : given.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment === '*' || segment === '**' || segment === given[index]);
}
