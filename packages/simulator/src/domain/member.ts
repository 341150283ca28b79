/** A user of a tenant, human or API user, with what he may do. */
export interface Member {
  readonly id: number;
  readonly userId: number;
  readonly accountId: number;
  readonly description: string;
  readonly permissions: ReadonlySet<string>;
  /** Districts whose assets he sees (B199). */
  readonly districts: readonly number[];
  /** X-Application-ID values he may sign in to (B030). */
  readonly applications: readonly number[];
}

/** Permissions that lift the district rule (B199). */
export const seesEverything: readonly string[] = ['AllAssets', 'AllDistricts'];
