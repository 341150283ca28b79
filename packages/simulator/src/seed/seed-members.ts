import { operations } from '@hubex-kit/contract/operations';
import type { Member } from '../domain/member.ts';

const reading = new Set(['AssetsList', 'AssetGet', 'EventList', 'WebhookList', 'WebhookGet']);

const named = Object.values(operations).flatMap(({ permission }) => permission ?? []);

/**
 * The API users of the tenant: 11 may do everything (the default service token is his), 12 only reads, 13 is a dispatcher of the
 * northern district who sees and changes that district's assets only.
 */
export function seedMembers(): ReadonlyMap<number, Member> {
  const members: readonly Member[] = [
    {
      id: 11,
      userId: 1011,
      accountId: 2011,
      description: 'Интеграция',
      permissions: new Set([...named, 'AllAssets', 'AllDistricts']),
      districts: [],
      applications: [1, 2, 3, 4, 5, 6],
    },
    {
      id: 12,
      userId: 1012,
      accountId: 2012,
      description: 'Наблюдатель',
      permissions: new Set([...reading, 'AllAssets']),
      districts: [],
      applications: [3, 5],
    },
    {
      id: 13,
      userId: 1013,
      accountId: 2013,
      description: 'Диспетчер северного участка',
      permissions: new Set([...reading, 'AssetAdd', 'AssetUpdate', 'AssetsUpdate', 'AssetPublish', 'AssetUnpublish']),
      districts: [2],
      applications: [3, 5],
    },
  ];
  return new Map(members.map((member) => [member.id, member]));
}
