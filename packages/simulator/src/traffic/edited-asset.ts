import type { AssetUpdate } from '@hubex-kit/contract';
import type { Asset } from '../domain/asset.ts';
import { zoneless } from '../operations/time.ts';
import { assetBody } from './asset-body.ts';
import type { Worker } from './world.ts';

const year = 365 * 86_400_000;

const works = [
  'плановое обслуживание, замечаний нет',
  'заменён фильтр',
  'проверен заземляющий контур',
  'дозаправка хладагента',
  'заменён датчик температуры',
  'очищен теплообменник',
  'обновлена прошивка контроллера',
  'требуется повторный выезд',
];

/** The card of an asset after a believable change: an engineer's note mostly, now and then something in the office. Something always changes. */
export function editedAsset(asset: Asset, { randomness, world }: Worker): AssetUpdate {
  const { people, classes, scheduleRules } = world.tenant.reference;
  const body = assetBody(asset);
  const other = (ids: Iterable<number>, now: number | null): number | null => {
    const rest = [...ids].filter((id) => id !== now);
    return rest.length > 0 ? randomness.pick(rest) : null;
  };
  const roll = randomness.below(100);
  const responsible = other(people.keys(), asset.responsibleId);
  if (roll < 15 && responsible !== null) return { ...body, responsiblePerson: responsible };
  const classId = other(classes.keys(), asset.classId);
  if (roll < 22 && classId !== null) return { ...body, assetClassID: classId };
  const rule = other(scheduleRules.keys(), asset.scheduleRuleId);
  if (roll < 30 && rule !== null) return { ...body, scheduleRuleID: rule };
  if (roll < 38) {
    // A longer warranty begins when the old one ends, or now.
    const from = Math.max(asset.warrantyTill ?? 0, world.now());
    return { ...body, warrantyTill: zoneless(from + year) };
  }
  // Numbers of orders only grow, so the note is a new one each time.
  const order = 40_000 + (Math.floor(world.now() / 60_000) % 40_000);
  return { ...body, notes: `Заявка № ${order}-${randomness.below(1000)}: ${randomness.pick(works)}` };
}
