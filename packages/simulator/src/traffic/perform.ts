import type { AssetAdd, AssetMassUpdate } from '@hubex-kit/contract';
import type { OperationId } from '@hubex-kit/contract/operations';
import type { Asset, AssetEvent } from '../domain/asset.ts';
import { operationTable } from '../operations/operation-table.ts';
import type { Outcome } from '../operations/outcome.ts';
import { editedAsset } from './edited-asset.ts';
import { isEligible } from './eligible.ts';
import { newAsset } from './new-asset.ts';
import type { Choice, SingleAction, Step } from './scenario.ts';
import type { Worker } from './world.ts';

/** How an action ended: `idle` when no asset fitted, `refused` when the tenant's rules said no. */
export type Performed = 'done' | 'idle' | 'refused';

/** Does one action to one asset through the tenant's own operation. */
export function performSingle(worker: Worker, { action, choice }: { action: SingleAction; choice: Choice }): Performed {
  if (action === 'create') return ended(create(worker, newAsset(worker)));
  const { world, herd } = worker;
  const asset = herd.choose((each) => isEligible(each, { action, world }), choice);
  if (!asset) return 'idle';
  const path = { assetID: asset.id };
  const base = calls(worker);
  switch (action) {
    case 'edit':
      return ended(edit(worker, asset));
    case 'publish':
      return ended(operationTable.publishAsset({ ...base('publishAsset'), path, body: undefined }));
    case 'unpublish':
      return ended(operationTable.unpublishAsset({ ...base('unpublishAsset'), path, body: undefined }));
    case 'delete':
      return ended(operationTable.deleteAsset({ ...base('deleteAsset'), path, body: undefined }));
    case 'restore':
      return ended(operationTable.restoreAssets({ ...base('restoreAssets'), path: {}, body: [asset.id] }));
    default:
      return action satisfies never;
  }
}

/** Does one action to many assets in one call, an import, or the switching on of webhooks. */
export function performMass(worker: Worker, step: Step & { action: Exclude<Step['action'], SingleAction> }): Performed {
  const { action, count = 1, choose: choice = 'any' } = step;
  const { world, herd, randomness } = worker;
  const base = calls(worker);
  const some = (single: Exclude<SingleAction, 'create'>, most = count): readonly number[] =>
    herd.chooseMany(most, { fits: (each) => isEligible(each, { action: single, world }), choice }).map(({ id }) => id);
  const update = (assets: readonly number[], change: Partial<AssetMassUpdate>): Performed =>
    assets.length === 0
      ? 'idle'
      : ended(
          operationTable.updateAssets({ ...base('updateAssets'), path: {}, body: { ...change, assets: [...assets] } }),
        );
  switch (action) {
    case 'mass-edit':
      return update(some('edit'), { responsiblePersonID: randomness.pick([...world.tenant.reference.people.keys()]) });
    case 'mass-publish':
      return update(some('publish'), { isPublished: true });
    case 'mass-unpublish':
      return update(some('unpublish'), { isPublished: false });
    case 'mass-delete': {
      const ids = some('delete');
      if (ids.length === 0) return 'idle';
      return ended(operationTable.deleteAssets({ ...base('deleteAssets'), path: {}, body: [...ids] }));
    }
    case 'import':
      return importRows(worker, { rows: count, changed: Math.round(count * (step.changed ?? 0)), choice });
    case 'activate-webhooks': {
      const body = [...world.tenant.webhooks.values()].filter(({ deleted, isActive }) => !deleted && !isActive);
      if (body.length === 0) return 'idle';
      const ids = body.map(({ id }) => id);
      return ended(operationTable.activateWebhooks({ ...base('activateWebhooks'), path: {}, body: ids }));
    }
    default:
      return action satisfies never;
  }
}

/** A workbook: rows of assets that are there first, new ones below them, as people extend last month's file. Its events name the import as their cause. */
function importRows(worker: Worker, work: { rows: number; changed: number; choice: Choice }): Performed {
  const { herd, world } = worker;
  const fits = (asset: Asset): boolean => isEligible(asset, { action: 'edit', world });
  const present = herd.chooseMany(work.changed, { fits, choice: work.choice });
  // Gathered, because an import is one call: its events know which of how many they are.
  const events: AssetEvent[] = [];
  const gather = (some: readonly AssetEvent[]): void => void events.push(...some);
  const outcomes = present.map((asset) => edit(worker, asset, gather));
  for (let row = present.length; row < work.rows; row++) outcomes.push(create(worker, newAsset(worker), gather));
  world.announce(events, 'importAssets');
  return outcomes.some((outcome) => ended(outcome) === 'refused') ? 'refused' : 'done';
}

type Announce = (events: readonly AssetEvent[]) => void;

function create(worker: Worker, body: AssetAdd, announce?: Announce): Outcome {
  const call = calls(worker)('createAsset');
  const introduce: Announce = (events) => {
    for (const { asset } of events) worker.herd.add(asset.id);
    (announce ?? call.announce)(events);
  };
  return operationTable.createAsset({ ...call, announce: introduce, path: {}, body });
}

function edit(worker: Worker, asset: Asset, announce?: Announce): Outcome {
  const call = calls(worker)('updateAsset');
  const body = editedAsset(asset, worker);
  return operationTable.updateAsset({ ...call, ...(announce && { announce }), path: { assetID: asset.id }, body });
}

/** What the calls of a worker have in common. */
function calls({ world, member }: Worker) {
  return <Id extends OperationId>(operationId: Id) => ({
    operationId,
    tenant: world.tenant,
    member,
    query: {} as never, // the type of no query at all; where there is one, every parameter may be left out
    headers: {},
    now: world.now(),
    switches: world.switches,
    language: 'ru' as const,
    announce: (events: readonly AssetEvent[]): void => world.announce(events, operationId),
    warn: (): void => undefined,
    // Only webhooks and workbooks need these; none is registered and none is read here.
    expectCalls: (): void => undefined,
    later: (): void => undefined,
    pause: (): Promise<void> => Promise.resolve(),
    workbooks: undefined,
  });
}

function ended(outcome: Outcome): Performed {
  return outcome.kind === 'refused' || outcome.kind === 'not-simulated' ? 'refused' : 'done';
}
