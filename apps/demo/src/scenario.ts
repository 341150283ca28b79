import type { HubexClient } from '@hubex-kit/sdk/client';
import { control } from './control.ts';
import { sampleWorkbook } from './sample-workbook.ts';
import type { Happening } from './tally.ts';

/** One thing the service company did, and what HubEx has to report about it. */
export interface Step {
  readonly title: string;
  readonly causes: readonly Happening[];
}

const all = (eventId: number, assetIds: readonly number[]): Happening[] =>
  assetIds.map((assetId) => ({ eventId, assetId }));

/** The day begins with a workbook from the accountants: 300 new assets, 300 times event 40. */
export async function* arrival(client: HubexClient, controlUrl: string): AsyncGenerator<Step, void, undefined> {
  const known = new Set(await idsOf(client));
  await client.assets.import(sampleWorkbook());
  // HubEx answers before it writes; the mock server says when it has.
  await control(`${controlUrl}/settled?within=10s`);
  const added = (await idsOf(client)).filter((id) => !known.has(id));
  yield { title: `Импорт из Excel: ${added.length} объектов`, causes: all(40, added) };
}

async function idsOf(client: HubexClient): Promise<readonly number[]> {
  const ids: number[] = [];
  for await (const { id } of client.assets.list({}, { pageSize: 10_000 })) ids.push(id);
  return ids;
}

/** A morning at a service company: a new site is equipped, put into service, edited, partly removed and brought back. */
export async function* morning(client: HubexClient, round: number): AsyncGenerator<Step, void, undefined> {
  const existing: {
    id: number;
    isPublished: boolean;
    locationId: number | undefined;
    companyId: number | undefined;
  }[] = [];
  for await (const { id, published, location, company } of client.assets.list(
    { startWithAssetID: 101 + (round % 20) * 10 },
    { pageSize: 20 },
  )) {
    existing.push({ id, isPublished: published != null, locationId: location?.id, companyId: company?.id });
    if (existing.length === 20) break;
  }
  const locationID = existing[0]?.locationId ?? 1;
  const companyID = existing[0]?.companyId ?? 1;

  const site = await client.assets.create({
    name: `Новый склад № ${round + 1}`,
    companyID,
    assetTypeID: 1,
    assetClassID: 1,
    locationID,
  });
  yield { title: `Создан склад № ${round + 1}`, causes: all(40, [site.id]) };

  const equipment: number[] = [];
  for (const [name, assetTypeID] of [
    ['Чиллер Полюс-240', 4],
    ['Лифт грузовой Подъём-630', 3],
    ['Генератор Искра-60', 9],
  ] as const) {
    const { id } = await client.assets.create({
      name,
      companyID,
      assetTypeID,
      assetClassID: 2,
      parentID: site.id,
      isAutoPublish: true,
    });
    equipment.push(id);
    yield { title: `Смонтировано и опубликовано: ${name}`, causes: [...all(40, [id]), ...all(43, [id])] };
  }

  await client.assets.publish(site.id);
  yield { title: 'Склад открыт для заявок', causes: all(43, [site.id]) };

  const many = existing.slice(0, 12).map(({ id }) => id);
  await client.assets.updateMany({ assets: many, scheduleRuleID: 2, addedWorkTypes: [3] });
  yield { title: `Массовая правка: регламент для ${many.length} объектов`, causes: all(41, many) };

  const [first] = equipment;
  if (first !== undefined) {
    const draft = {
      name: 'Чиллер Полюс-240 (после наладки)',
      companyID,
      assetTypeID: 4,
      assetClassID: 2,
      parentID: site.id,
    };
    await client.assets.update(first, draft);
    yield { title: 'Чиллер переименован', causes: all(41, [first]) };
  }

  const open = existing
    .filter(({ isPublished }) => isPublished)
    .slice(0, 6)
    .map(({ id }) => id);
  await client.assets.updateMany({ assets: open, isPublished: false });
  yield { title: `Массово снято с публикации: ${open.length}`, causes: all(44, open) };
  for (const id of open) {
    await client.assets.publish(id);
    yield { title: `Объект ${id} снова открыт`, causes: all(43, [id]) };
  }

  await client.assets.unpublish(site.id);
  yield { title: 'Склад закрыт на переучёт', causes: all(44, [site.id]) };

  const last = equipment.at(-1);
  if (last !== undefined) {
    await client.assets.delete(last);
    yield { title: 'Генератор списан', causes: all(42, [last]) };
  }
  const rest = equipment.filter((id) => id !== last);
  await client.assets.deleteFull(site.id);
  yield { title: 'Склад удалён вместе с оборудованием', causes: all(42, [site.id, ...rest]) };

  await client.assets.restore([site.id], { withNested: true });
  yield { title: 'Склад восстановлен', causes: all(41, [site.id, ...equipment]) };
}
