/** A piece of equipment or a site («объект»). Times are milliseconds, UTC; null means empty. Every key is always there, so V8 keeps one shape. */
export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly companyId: number;
  readonly typeId: number;
  readonly classId: number;
  readonly parentId: number | null;
  readonly locationId: number | null;
  readonly erpId: string | null;
  readonly serialNumber: string | null;
  readonly notes: string | null;
  /** User id of the person in charge. */
  readonly responsibleId: number | null;
  readonly scheduleRuleId: number | null;
  readonly warrantyTill: number | null;
  readonly useAllWorkTypes: boolean;
  readonly isMobile: boolean;
  readonly inheritsDistricts: boolean;
  readonly skipsEscalation: boolean;
  readonly stopsEscalation: boolean;
  readonly position: Position | null;
  readonly published: number | null;
  /** Tenant-member id of whoever published it. */
  readonly publishedBy: number | null;
  readonly deleted: number | null;
  readonly sortOrder: number;
  readonly districts: readonly number[];
  readonly skills: readonly number[];
  readonly workTypes: readonly number[];
  readonly checkLists: readonly number[];
  /** Tasks in progress for this asset; while there are any it cannot be deleted (B210). */
  readonly activeTasks: number;
}

/** Where an asset stands on a floor plan. */
export interface Position {
  readonly schemaId: number | null;
  readonly x: number | null;
  readonly y: number | null;
}

/** What a single write sets: everything else an asset has is the system's own. */
export type AssetDraft = Pick<
  Asset,
  | 'name'
  | 'companyId'
  | 'typeId'
  | 'classId'
  | 'parentId'
  | 'locationId'
  | 'erpId'
  | 'serialNumber'
  | 'notes'
  | 'responsibleId'
  | 'scheduleRuleId'
  | 'warrantyTill'
  | 'useAllWorkTypes'
  | 'isMobile'
  | 'inheritsDistricts'
  | 'skipsEscalation'
  | 'stopsEscalation'
  | 'position'
>;

/** What happened to an asset, in HubEx's numbers: 40 created, 41 changed, 42 deleted, 43 published, 44 unpublished. */
export interface AssetEvent {
  readonly eventId: number;
  readonly asset: Asset;
}
