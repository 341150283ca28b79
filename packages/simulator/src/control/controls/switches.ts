import { type Switches, switchLedger, switchValues } from '../../generated/switches.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { ControlError } from '../control-error.ts';
import type { BooleanField, EnumField, Field, IntegerField } from '../field.ts';
import { type Profile, profiles } from '../profiles.ts';

/** The switches of a tenant as they are now. */
export const switches: ControlDefinition<Record<never, never>, Switches> = {
  method: 'GET',
  path: '/switches',
  summary: 'Show what the tenant assumes about HubEx.',
  returns: 'the value of every switch',
  input: {},
  examples: [{}],
  run: (world) => ({ ...world.switches }),
};

type FieldFor<Value> = [Value] extends [boolean]
  ? BooleanField
  : [Value] extends [number]
    ? IntegerField
    : [Value] extends [string]
      ? EnumField<Value>
      : Field;

/** A profile, then single switches on top of it. */
export type SetSwitchesFields = { readonly [Name in keyof Switches]: FieldFor<Switches[Name]> } & {
  readonly profile: EnumField<Profile>;
};

// The generated table holds for each switch what its type says.
const fields = {
  profile: { kind: 'enum', values: Object.keys(profiles), doc: 'set all switches by a profile first' },
  ...Object.fromEntries(Object.keys(switchValues).map((name) => [name, fieldOf(name as keyof Switches)])),
} as unknown as SetSwitchesFields;

function fieldOf(name: keyof Switches): Field {
  const allowed = switchValues[name];
  const doc = `see ${switchLedger[name]} of the ledger`;
  if (allowed === 'boolean') return { kind: 'boolean', doc };
  if (allowed === 'integer') return { kind: 'integer', least: 0, most: 2_147_483_647, doc };
  return { kind: 'enum', values: allowed, doc };
}

/** Changes what a tenant assumes, from the next call on. */
export const setSwitches: ControlDefinition<SetSwitchesFields, Switches> = {
  method: 'POST',
  path: '/switches',
  summary: 'Change what the tenant assumes about HubEx: a profile, single switches, or both. A reset takes it back.',
  returns: 'the value of every switch',
  input: fields,
  examples: [{ profile: 'strict' }, { restoreEvent: '40', deliveryRetries: 2 }],
  run(world, { profile, ...single }) {
    const given = Object.entries(single).filter(([, value]) => value !== undefined);
    if (profile === undefined && given.length === 0)
      throw new ControlError('profile', 'Name a profile or at least one switch; GET /__mock/switches lists them.');
    if (profile !== undefined) Object.assign(world.switches, profiles[profile].switches);
    Object.assign(world.switches, Object.fromEntries(given));
    return { ...world.switches };
  },
};
