import { fold, nextId, plain } from './name-index.ts';
import type { Place } from './reference-data.ts';

/** An address as a row gives it; what is undefined or null does not matter when looking for it. */
export interface WantedAddress {
  readonly address: string;
  readonly description: string | null | undefined;
  readonly latitude: number | null | undefined;
  readonly longitude: number | null | undefined;
}

/** Locations, found by what is written on them; new ones may be added (B247). What it was given stays as it was. */
export class AddressBook {
  readonly #places: Map<number, Place>;
  readonly #byAddress: Map<string, Place[]> = new Map();
  #nextId: number;

  constructor(places: ReadonlyMap<number, Place>) {
    this.#places = new Map(places);
    this.#nextId = nextId(places);
    for (const place of places.values()) this.#note(place);
  }

  /** All of them, the new ones included. */
  get places(): ReadonlyMap<number, Place> {
    return this.#places;
  }

  /** The id of a location that fits: the one an asset has now, else any, else a new one. */
  idOf(wanted: WantedAddress, currentId: number | null): number {
    const current = currentId === null ? undefined : this.#places.get(currentId);
    if (current && fits(current, wanted)) return current.id;
    const known = this.#byAddress.get(fold(wanted.address))?.find((place) => fits(place, wanted));
    if (known) return known.id;
    const place: Place = {
      id: this.#nextId++,
      address: wanted.address,
      description: wanted.description ?? null,
      latitude: wanted.latitude ?? null,
      longitude: wanted.longitude ?? null,
    };
    this.#places.set(place.id, place);
    this.#note(place);
    return place.id;
  }

  #note(place: Place): void {
    const key = fold(place.address);
    const places = this.#byAddress.get(key);
    if (places) places.push(place);
    else this.#byAddress.set(key, [place]);
  }
}

function fits(place: Place, wanted: WantedAddress): boolean {
  return (
    plain(place.address) === wanted.address &&
    (wanted.description == null || plain(place.description ?? '') === wanted.description) &&
    (wanted.latitude == null || place.latitude === wanted.latitude) &&
    (wanted.longitude == null || place.longitude === wanted.longitude)
  );
}
