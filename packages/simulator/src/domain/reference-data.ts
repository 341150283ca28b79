/** Something that has an id and a name in both languages of the service. */
export interface Named {
  readonly id: number;
  readonly name: string;
}

/** An asset type; hostable types carry an address and cannot be published without one (B191). */
export interface AssetType extends Named {
  readonly isHostable: boolean;
}

/** A postal address with coordinates in degrees. */
export interface Place {
  readonly id: number;
  readonly address: string;
  readonly description: string | null;
  /** null, like the longitude, when nobody has given them. */
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** A person: field engineer, dispatcher, owner of an asset. */
export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
}

/** What assets refer to. Filled by the seed and shared by tenants; what an import adds (B239, B247) makes a new version of it. */
export interface ReferenceData {
  readonly companies: ReadonlyMap<number, Named>;
  readonly types: ReadonlyMap<number, AssetType>;
  readonly classes: ReadonlyMap<number, Named>;
  readonly locations: ReadonlyMap<number, Place>;
  readonly people: ReadonlyMap<number, Person>;
  readonly scheduleRules: ReadonlyMap<number, Named>;
  readonly districts: ReadonlyMap<number, Named>;
  readonly skills: ReadonlyMap<number, Named>;
  readonly workTypes: ReadonlyMap<number, Named>;
  readonly checkLists: ReadonlyMap<number, Named>;
  readonly taskStages: ReadonlyMap<number, Named>;
}
