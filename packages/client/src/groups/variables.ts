import type { Variable, VariableAdd, VariableUpdate } from '@hubex-kit/contract';
import {
  createVariables,
  deleteVariable,
  deleteVariables,
  listVariables,
  updateVariables,
} from '@hubex-kit/contract/routes';
import { walk } from '../paging/walk.ts';
import { type Answer, done } from '../send/answer.ts';
import type { Call } from '../send/call.ts';
import type { CallOptions } from '../send/typed.ts';

/** The tenant's ${key} store: the place for a webhook's secret. */
export interface VariablesGroup {
  /** Every variable by its name. */
  list(options?: CallOptions): Promise<Map<string, Variable>>;
  /** Creates variables, all or nothing; a name that exists is refused (B224). */
  create(variables: readonly VariableAdd[], options?: CallOptions): Answer<void>;
  /** Changes variables, all or nothing; an unknown name is refused (B224). */
  update(variables: readonly VariableUpdate[], options?: CallOptions): Answer<void>;
  /** Deletes variables; unknown names are no error (B224). */
  delete(names: string | readonly string[], options?: CallOptions): Answer<void>;
}

/** @internal */
export function variablesGroup(call: Call): VariablesGroup {
  return {
    async list(input = {}) {
      const found = new Map<string, Variable>();
      for await (const [name, variable] of walk<Variable>(call, { route: listVariables, input }))
        found.set(name, variable);
      return found;
    },
    create: (variables, options) => done(call(createVariables, { ...options, body: variables })),
    update: (variables, options) => done(call(updateVariables, { ...options, body: variables })),
    delete: (names, options) =>
      typeof names === 'string'
        ? done(call(deleteVariable, { ...options, path: { name: names } }))
        : done(call(deleteVariables, { ...options, body: names })),
  };
}
