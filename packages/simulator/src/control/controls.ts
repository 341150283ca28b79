import type { TenantWorld } from '../world/tenant-world.ts';
import type { ControlDefinition } from './control-definition.ts';
import * as table from './control-table.ts';
import type { Fields, Passing } from './field.ts';
import { readInput } from './read-input.ts';

/** The table of controls with its types. */
export type Controls = typeof table;

/** Names of the controls. */
export type ControlName = keyof Controls;

/** Every control by name: from this the hosts make routes, documents, verbs and forms. */
export const controls: Readonly<Record<ControlName, ControlDefinition>> = table;

type PassingOf<Name extends ControlName> =
  Controls[Name] extends ControlDefinition<infer F extends Fields, unknown> ? Passing<F> : never;

/** What a control takes. */
export type ControlInput<Name extends ControlName> = PassingOf<Name>;

/** What a control answers; in process some answer at once, over HTTP all are awaited. */
export type ControlResult<Name extends ControlName> = ReturnType<Controls[Name]['run']>;

/** Arguments of a control as a function: its input, which may be left out when nothing in it is required. */
export type ControlArguments<Name extends ControlName> =
  Record<never, never> extends PassingOf<Name> ? [input?: PassingOf<Name>] : [input: PassingOf<Name>];

/** The controls of one tenant as functions. */
export type BoundControls = {
  readonly [Name in ControlName]: (...input: ControlArguments<Name>) => ControlResult<Name>;
};

/** The controls of one tenant as functions; each throws ControlError for input that cannot be used. */
export function bindControls(world: TenantWorld): BoundControls {
  const bound = Object.entries(controls).map(([name, control]) => [
    name,
    (input: Readonly<Record<string, unknown>> = {}) => control.run(world, readInput(control.input, { values: input })),
  ]);
  // Built from the very table whose types BoundControls has.
  return Object.fromEntries(bound) as BoundControls;
}
