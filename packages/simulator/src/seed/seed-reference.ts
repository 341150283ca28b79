import type { Person, Place, ReferenceData } from '../domain/reference-data.ts';
import { people } from '../generated/people.ts';
import type { Randomness } from '../randomness.ts';
import * as catalogue from './catalogue.ts';

/** Reference data of the tenant: catalogue, `sites` addresses and a few dozen people. */
export function seedReference(randomness: Randomness, sites: number): ReferenceData {
  return {
    companies: byId(catalogue.companies),
    types: byId(catalogue.assetTypes),
    classes: byId(catalogue.assetClasses),
    districts: byId(catalogue.districts),
    skills: byId(catalogue.skills),
    workTypes: byId(catalogue.workTypes),
    checkLists: byId(catalogue.checkLists),
    scheduleRules: byId(catalogue.scheduleRules),
    taskStages: byId(catalogue.taskStages),
    locations: byId(Array.from({ length: sites }, (_, index) => place(index + 1, randomness))),
    people: byId(Array.from({ length: 40 }, (_, index) => person(1001 + index, randomness))),
  };
}

function byId<T extends { readonly id: number }>(items: readonly T[]): ReadonlyMap<number, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function place(id: number, randomness: Randomness): Place {
  const city = randomness.pick(people.cities);
  const street = randomness.pick(people.streets);
  const house = 1 + randomness.below(180);
  const degrees = (from: number, width: number): number => Math.round((from + randomness.next() * width) * 1e6) / 1e6;
  const address = `г. ${city}, ${street}, д. ${house}`;
  return { id, address, description: null, latitude: degrees(51, 9), longitude: degrees(30, 50) };
}

function person(id: number, randomness: Randomness): Person {
  const names = randomness.below(2) === 0 ? people.men : people.women;
  return {
    id,
    firstName: randomness.pick(names.first),
    middleName: randomness.pick(names.middle),
    lastName: randomness.pick(names.last),
    email: `user${id}@example.org`,
    phone: `+7900${String(1_000_000 + randomness.below(8_999_999))}`,
  };
}
