import type { Variable, VariableAdd, VariableUpdate } from '@hubex-kit/contract';
import type { Call } from '../send/call.ts';
import { defaultPageSize, walk } from '../send/pages.ts';
import type { CallOptions } from '../send/typed.ts';

/** The tenant's ${key} store: the place for a webhook's secret. */
export interface VariablesGroup {
  /** Every variable by its name. */
  list(options?: CallOptions): Promise<Map<string, Variable>>;
  /** Creates variables, all or nothing; a name that exists is refused (B224). */
  create(variables: readonly VariableAdd[], options?: CallOptions): Promise<void>;
  /** Changes variables, all or nothing; an unknown name is refused (B224). */
  update(variables: readonly VariableUpdate[], options?: CallOptions): Promise<void>;
  /** Deletes variables; unknown names are no error (B224). */
  delete(names: string | readonly string[], options?: CallOptions): Promise<void>;
}

/** @internal */
export function variablesGroup(call: Call): VariablesGroup {
  return {
    async list(options = {}) {
      const found = new Map<string, Variable>();
      const pages = walk<Variable>(call, { id: 'listVariables', input: options, pageSize: defaultPageSize });
      for await (const [name, variable] of pages) found.set(name, variable);
      return found;
    },
    async create(variables, options) {
      await call('createVariables', { ...options, body: [...variables] });
    },
    async update(variables, options) {
      await call('updateVariables', { ...options, body: [...variables] });
    },
    async delete(names, options) {
      if (typeof names === 'string') await call('deleteVariable', { ...options, path: { name: names } });
      else await call('deleteVariables', { ...options, body: [...names] });
    },
  };
}
