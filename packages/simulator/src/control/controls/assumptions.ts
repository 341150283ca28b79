import { type Switches, switchDefaults, switchFacts, switchValues } from '../../generated/switches.ts';
import type { ControlDefinition } from '../control-definition.ts';
import { profiles } from '../profiles.ts';

/** One assumption about HubEx. */
export interface Assumption {
  readonly name: keyof Switches;
  /** Its number in the ledger. */
  readonly id: string;
  readonly statement: string;
  /** What it rests on. */
  readonly evidence: readonly string[];
  /** What it is set to now. */
  readonly value: boolean | number | string;
  readonly default: boolean | number | string;
  readonly values: 'boolean' | 'integer' | readonly string[];
}

/** All assumptions, and the profiles that set them. */
export interface Assumptions {
  readonly profiles: Readonly<Record<string, string>>;
  readonly items: readonly Assumption[];
}

/** Lists what is assumed about HubEx. */
export const assumptions: ControlDefinition<Record<never, never>, Assumptions> = {
  method: 'GET',
  path: '/assumptions',
  summary: 'List what the mock assumes about HubEx where nothing certain is known: statement, evidence, value.',
  returns: 'profiles, and items with number, statement, evidence, value, default and possible values',
  input: {},
  examples: [{}],
  run(world) {
    // Object.keys knows the names of an object only as strings.
    const names = Object.keys(switchDefaults) as (keyof Switches)[];
    return {
      profiles: Object.fromEntries(Object.entries(profiles).map(([name, { doc }]) => [name, doc])),
      items: names.map((name) => ({
        name,
        ...switchFacts[name],
        value: world.switches[name],
        default: switchDefaults[name],
        values: switchValues[name],
      })),
    };
  },
};
