import { addressOf } from './address.ts';
import { AddressBook } from './address-book.ts';
import type { Asset, AssetEvent } from './asset.ts';
import { blankAsset } from './blank-asset.ts';
import type { ImportPlan, PlannedRow } from './import-plan.ts';
import type { ImportRow, ImportRules } from './import-row.ts';
import { GrowingNames, plain } from './name-index.ts';
import { switchPublished } from './publishing.ts';
import type { ReferenceData } from './reference-data.ts';
import { rowsInOneStep, type Steps } from './steps.ts';
import type { Tenant } from './tenant.ts';

/** What a new asset gets when the row does not say (B238). */
export const defaultClass = 'По умолчанию';
/** The same for the district. */
export const defaultDistrict = 'Все участки';

/** An import worked out and not written: it holds as long as nothing of the tenant has changed. */
export interface PreparedImport {
  /** In the order of their rows: 40 for a new asset, 41 for one that changed (B241, B243). */
  readonly events: readonly AssetEvent[];
  readonly reference: ReferenceData;
}

/** Works out what a plan makes of its rows; faulty ones are left out. Nothing is written. */
export function* prepareImport(
  tenant: Tenant,
  { plan, rules }: { plan: ImportPlan; rules: ImportRules },
): Steps<PreparedImport> {
  const { companies, classes, districts, locations } = tenant.reference;
  const places: Places = {
    companies: new GrowingNames(companies),
    classes: new GrowingNames(classes),
    districts: new GrowingNames(districts),
    addresses: new AddressBook(locations),
  };
  // A row may hang below a later one, so every new asset has its id before any is made.
  const faulty = new Set(plan.faults.map(({ row }) => row));
  let { nextId } = tenant.assets;
  const ids = plan.rows.map(({ asset, row }) => (faulty.has(row.number) ? undefined : (asset?.id ?? nextId++)));
  const events: AssetEvent[] = [];
  for (const [index, planned] of plan.rows.entries()) {
    if (index % rowsInOneStep === 0) yield;
    const [id, before] = [ids[index], planned.asset];
    if (id === undefined) continue;
    const order = { planned, parentId: parentIdOf(planned, ids), places, rules };
    const asset = merge(before ?? blankAsset(id), order);
    if (!before) events.push({ eventId: 40, asset });
    else if (JSON.stringify(before) !== JSON.stringify(asset)) events.push({ eventId: 41, asset });
    else if (rules.importUnchangedEvent === '41') events.push({ eventId: 41, asset: before });
  }
  const reference = {
    ...tenant.reference,
    companies: places.companies.items,
    classes: places.classes.items,
    districts: places.districts.items,
    locations: places.addresses.places,
  };
  return { events, reference };
}

/** Writes what was prepared, and publishes what is new if the rules say so. Returns the events to announce. */
export function writeImport(
  tenant: Tenant,
  order: { prepared: PreparedImport; rules: ImportRules; memberId: number; now: number },
): readonly AssetEvent[] {
  const { events, reference } = order.prepared;
  const { assets } = tenant;
  for (const { eventId, asset } of events) {
    if (eventId === 40) assets.takeId();
    if (assets.get(asset.id) !== asset) assets.put(asset);
  }
  tenant.reference = reference;
  return order.rules.importPublishes ? events.flatMap((event) => withPublication(tenant, { event, ...order })) : events;
}

interface Places {
  readonly companies: GrowingNames;
  readonly classes: GrowingNames;
  readonly districts: GrowingNames;
  readonly addresses: AddressBook;
}

/** The asset with what the row says; what it does not say stays (B244). */
function merge(
  asset: Asset,
  order: { planned: PlannedRow; parentId: number | null; places: Places; rules: ImportRules },
): Asset {
  const { planned, places, rules } = order;
  const { row, workType, responsibleId } = planned;
  /** An empty cell keeps or clears; a text that differs only in what a cell cannot hold is no change. */
  const pick = <T>(given: T | null | undefined, now: T, empty: T): T => {
    if (given === undefined || (given === null && rules.importEmptyCell === 'kept')) return now;
    if (given === null) return empty;
    return typeof now === 'string' && plain(now) === given ? now : given;
  };
  const district = pick(row.district, null, defaultDistrict);
  const className = pick(row.className, null, defaultClass);
  const districtId = district === null ? undefined : places.districts.idOf(district);
  return {
    ...asset,
    name: pick(row.name, asset.name, asset.name),
    companyId: places.companies.idOf(row.company),
    typeId: planned.typeId,
    classId: className === null ? asset.classId || places.classes.idOf(defaultClass) : places.classes.idOf(className),
    parentId: order.parentId,
    locationId: locationOf(asset, { row, places, rules }),
    erpId: pick(row.erpId, asset.erpId, null),
    serialNumber: pick(row.serialNumber, asset.serialNumber, null),
    notes: pick(row.notes, asset.notes, null),
    responsibleId: pick(responsibleId, asset.responsibleId, null),
    isMobile: pick(row.isMobile, asset.isMobile, false),
    districts:
      districtId === undefined
        ? asset.districts.length > 0
          ? asset.districts
          : [places.districts.idOf(defaultDistrict)]
        : among(asset.districts, districtId),
    useAllWorkTypes: pick(
      workType === 'all' ? true : workType === null ? null : undefined,
      asset.useAllWorkTypes,
      false,
    ),
    workTypes: typeof workType === 'number' ? among(asset.workTypes, workType) : asset.workTypes,
  };
}

/** A column holds one name where an asset has a list: a list that has it stays, any other gives way. */
function among(ids: readonly number[], id: number): readonly number[] {
  return ids.includes(id) ? ids : [id];
}

function locationOf(asset: Asset, order: { row: ImportRow; places: Places; rules: ImportRules }): number | null {
  const { row, places, rules } = order;
  const { address, addressDescription: description, latitude, longitude } = row;
  if (address == null) return address === null && rules.importEmptyCell === 'cleared' ? null : asset.locationId;
  return places.addresses.idOf({ address, description, latitude, longitude }, asset.locationId);
}

function parentIdOf({ asset, parent }: PlannedRow, ids: readonly (number | undefined)[]): number | null {
  switch (parent.kind) {
    case 'kept':
      return asset?.parentId ?? null;
    case 'asset':
      return parent.asset.id;
    case 'row':
      return ids[parent.index] ?? null;
    case 'none':
    case 'fault':
      return null;
    default:
      return parent satisfies never;
  }
}

function withPublication(
  tenant: Tenant,
  order: { event: AssetEvent; memberId: number; now: number },
): readonly AssetEvent[] {
  const { event, memberId, now } = order;
  if (event.eventId !== 40 || addressOf(event.asset, tenant.assets) === null) return [event];
  return [event, switchPublished(tenant, { asset: event.asset, published: true, memberId, now })];
}
